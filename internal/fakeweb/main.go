//go:build linux

// Command fakeweb follows a web of many hosts that it serves itself from another process,
// and measures that: pages a second, CPU time a page, memory, whether any host is asked
// within its gap, and whether a page is lost or stored twice when the program is killed.
//
//	fakeweb [-hosts N] [-pages N] [-gap D] [-latency D] [-kills N] [-later] [-bin FILE] [-keep FOLDER]
//
// Each host has an address of its own in 127.0.0.0/8 (all of which Linux answers itself), a
// robots.txt, and a feed that names its pages. Pages are those of package internal/newspaper,
// each with a text of its own, compressed as servers send them. The program follows
// all feeds with -once, and is killed (SIGKILL) each time so many of the pages have been
// asked for; at last it comes to its end.
//
// Files: main.go runs and measures the program, web.go is the web.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// options are the flags of the command.
type options struct {
	hosts, pages int
	gap, latency time.Duration
	kills        int
	later        bool
	bin, keep    string
	serve        bool
}

func main() {
	var o options
	flag.IntVar(&o.hosts, "hosts", 2000, "how many hosts there are")
	flag.IntVar(&o.pages, "pages", 200_000, "how many pages they have together")
	flag.DurationVar(&o.gap, "gap", 2*time.Second, "between two requests to one host")
	flag.DurationVar(&o.latency, "latency", 100*time.Millisecond, "how long an answer takes, on the average")
	flag.IntVar(&o.kills, "kills", 0, "how often the program is killed")
	flag.BoolVar(&o.later, "later", false, "only capture: no extraction, understanding and index")
	flag.StringVar(&o.bin, "bin", "", "the program to measure; if not given it is built")
	flag.StringVar(&o.keep, "keep", "", "leave the archive in this `FOLDER`")
	flag.BoolVar(&o.serve, "serve", false, "only be the web, until standard input ends")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := o.run(ctx)
	if err != nil {
		fmt.Fprintln(os.Stderr, "fakeweb:", err)
		os.Exit(1)
	}
}

func (o *options) run(ctx context.Context) error {
	if o.hosts < 1 || o.hosts > maxHosts || o.pages < o.hosts {
		return fmt.Errorf("there must be 1 to %d hosts and a page for each", maxHosts)
	}
	o.pages -= o.pages % o.hosts // each has as many
	if o.serve {
		return serve(ctx, newWeb(o.hosts, o.pages/o.hosts, o.gap, o.latency), os.Stdin, os.Stdout)
	}
	dir, err := os.MkdirTemp("", "fakeweb")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if o.bin == "" {
		o.bin = filepath.Join(dir, "dateline")
		build := exec.CommandContext(ctx, "go", "build", "-o", o.bin, "./cmd/dateline")
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("build: %w: %s", err, out)
		}
	}
	w, err := o.startWeb(ctx)
	if err != nil {
		return err
	}
	defer w.stop()
	archive := o.keep
	if archive == "" {
		archive = filepath.Join(dir, "archive")
	}
	return o.follow(ctx, w, dir, archive)
}

// A running web is that of another process.
type runningWeb struct {
	cmd   *exec.Cmd
	port  string
	close func() error
}

func (o *options) startWeb(ctx context.Context) (*runningWeb, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, "-serve", "-hosts", strconv.Itoa(o.hosts), "-pages", strconv.Itoa(o.pages), "-gap", o.gap.String(), "-latency", o.latency.String())
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	w := &runningWeb{cmd: cmd, close: in.Close}
	_, err = fmt.Fscanln(out, &w.port)
	return w, err
}

func (w *runningWeb) stop() {
	_ = w.close()
	_ = w.cmd.Wait() // it has been asked what it knows
}

// state asks the web what it was asked.
func (w *runningWeb) state() (s state, err error) {
	res, err := http.Get("http://127.0.0.1:" + w.port + statePath)
	if err != nil {
		return s, err
	}
	defer res.Body.Close()
	return s, json.NewDecoder(res.Body).Decode(&s)
}

// usage is what the program took, in all its lives.
type usage struct {
	cpu    time.Duration
	memory int64 // most bytes that it held
	lives  int
}

func (u *usage) add(p *os.ProcessState) {
	u.lives++
	u.cpu += p.UserTime() + p.SystemTime()
	if r, ok := p.SysUsage().(*syscall.Rusage); ok {
		u.memory = max(u.memory, r.Maxrss<<10)
	}
}

// Until a feed that was under way at a kill is due, and how often that is waited for.
const (
	untilAgain = 125 * time.Second
	mostAgain  = 2
)

// follow runs the program until all is done, and tells how that went.
func (o *options) follow(ctx context.Context, w *runningWeb, dir, archive string) error {
	list := filepath.Join(dir, "feeds.opml")
	if err := os.WriteFile(list, []byte(opml(o.hosts, w.port)), 0o666); err != nil {
		return err
	}
	args := []string{"follow", "-once", "-archive", archive, "-gap", o.gap.String(), "-allow-private", "127.0.0.0/8"}
	if o.later {
		args = append(args, "-later")
	}
	var u usage
	began := time.Now()
	for life, again := 1, 0; ; life++ {
		first := args
		if life == 1 {
			first = append(args, "-opml", list)
		}
		killed, err := o.live(ctx, w, first, o.pages*life/(o.kills+1), life <= o.kills, &u)
		if err != nil {
			return err
		}
		if !killed {
			s, err := w.state()
			if err != nil {
				return err
			}
			if s.Pages == o.pages || again == mostAgain {
				break
			}
			// A feed that was under way when the program was killed is asked again when
			// it is due, and not before.
			again++
			fmt.Fprintf(os.Stderr, "%d of %d pages: some feeds are asked again in %v\n", s.Pages, o.pages, untilAgain)
			time.Sleep(untilAgain)
		}
	}
	return o.tell(w, archive, time.Since(began), &u)
}

// live runs the program once, and kills it when so many pages have been asked for.
func (o *options) live(ctx context.Context, w *runningWeb, args []string, until int, kill bool, u *usage) (killed bool, err error) {
	cmd := exec.CommandContext(ctx, o.bin, args...)
	var said strings.Builder
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		return false, err
	}
	end := make(chan error, 1)
	go func() { end <- cmd.Wait() }()
	defer func() { u.add(cmd.ProcessState) }()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	last := time.Now()
	for {
		select {
		case err := <-end:
			if err != nil {
				err = fmt.Errorf("%w: %.2000s", err, said.String())
			}
			return false, err
		case <-tick.C:
		}
		s, err := w.state()
		if err != nil {
			return false, err
		}
		if time.Since(last) > 10*time.Second {
			last = time.Now()
			fmt.Fprintf(os.Stderr, "%d of %d pages\n", s.Pages, o.pages)
		}
		if kill && s.Pages >= until {
			if err := cmd.Process.Kill(); err != nil {
				return false, err
			}
			if err := <-end; err == nil {
				return false, errors.New("the program ended by itself before it was killed")
			}
			return true, nil
		}
	}
}

// tell prints the figures, and returns an error if something must not be.
func (o *options) tell(w *runningWeb, archive string, took time.Duration, u *usage) error {
	s, err := w.state()
	if err != nil {
		return err
	}
	out, err := exec.Command(o.bin, "sql", "-archive", archive, "-csv", "SELECT count(*), count(DISTINCT url) FROM capture").Output()
	if err != nil {
		return fmt.Errorf("sql: %w", err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	var captures, addresses int
	if _, err := fmt.Sscanf(lines[len(lines)-1], "%d,%d", &captures, &addresses); err != nil {
		return fmt.Errorf("sql: %q: %w", out, err)
	}
	fmt.Printf("%d hosts, %d pages of %d kB (%d kB sent), %d lives\n", o.hosts, o.pages, s.Bytes/max(int64(s.Answers), 1)>>10, s.Sent/max(int64(s.Answers), 1)>>10, u.lives)
	fmt.Printf("%v: %.0f pages/s, %.1f ms CPU a page, %d MiB at most\n", took.Round(time.Second), float64(o.pages)/took.Seconds(), u.cpu.Seconds()*1000/float64(o.pages), u.memory>>20)
	fmt.Printf("%d requests; within the gap: %d (least %v); pages asked for again: %d; captures: %d of %d addresses\n", s.Requests, s.Close, s.Least.Round(time.Millisecond), s.Answers-s.Pages, captures, addresses)
	if s.Close > 0 || captures != o.pages || addresses != o.pages {
		return errors.New("a host was asked within its gap, or a page is lost or there twice")
	}
	return nil
}
