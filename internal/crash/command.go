package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// A command is one run of the program.
type command struct {
	bin, archive string
	args         []string

	stdout, stderr bytes.Buffer
	status         int // exit status; -1 if it was killed
	took           time.Duration
}

// name is what the command does, as the counts name it.
func (c *command) name() string {
	if c.args[0] == "rebuild" || c.args[0] == "verify" {
		return strings.Join(c.args, " ")
	}
	return c.args[0]
}

// run runs the command to its end, or until kill returns if kill is not nil.
// The context that kill is given ends with the command.
func (c *command) run(ctx context.Context, kill func(context.Context)) error {
	args := append([]string{c.args[0], "-archive", c.archive}, c.args[1:]...)
	cmd := exec.Command(c.bin, args...)
	cmd.Stdout, cmd.Stderr = &c.stdout, &c.stderr
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	ready := make(chan struct{})
	watched, stop := context.WithCancel(ctx)
	if kill != nil {
		go func() { defer close(ready); kill(watched) }()
	}
	var err error
	select {
	case err = <-ended:
		stop()
	case <-ready:
		_ = cmd.Process.Kill() // it may have ended just now
		err = <-ended
		stop()
	case <-ctx.Done():
		stop()
		_ = cmd.Process.Kill()
		return errors.Join(ctx.Err(), <-ended)
	}
	if kill != nil {
		<-ready
	}
	c.took = time.Since(begun)
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return err
	}
	c.status = cmd.ProcessState.ExitCode()
	if strings.Contains(c.stderr.String(), "panic:") {
		return fmt.Errorf("dateline %s: %s", strings.Join(c.args, " "), c.stderr.String())
	}
	return nil
}

// after returns a function that waits for some time, and then the command is killed.
func after(d time.Duration) func(context.Context) {
	return func(ctx context.Context) {
		select {
		case <-ctx.Done():
		case <-time.After(d):
		}
	}
}

// changes is a kill right after files in the folders have changed n times: where
// something is written is where something can break.
func changes(n int, dirs ...string) func(context.Context) {
	return func(ctx context.Context) {
		last := looks(dirs)
		for n > 0 && ctx.Err() == nil {
			time.Sleep(100 * time.Microsecond)
			if now := looks(dirs); now != last {
				last = now
				n--
			}
		}
	}
}

// looks is what the names, sizes and times of the files in the folders are.
func looks(dirs []string) string {
	var b strings.Builder
	for _, dir := range dirs {
		_ = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil // it has just been removed
			}
			if info, err := os.Lstat(name); err == nil {
				fmt.Fprintln(&b, name, info.Size(), info.ModTime().UnixNano())
			}
			return nil
		})
	}
	return b.String()
}
