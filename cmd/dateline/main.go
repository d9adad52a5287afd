// Command dateline turns news into an archive that can be questioned and cited.
//
// Each subcommand has its own file, named like it; this package is the only place that
// wires the others together. main.go finds the subcommand and its exit status.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"dateline/internal/text"
)

// Exit statuses, as the help text gives them.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitPartly      = 3
	exitInterrupted = 130
)

func main() { os.Exit(mainStatus()) }

// mainStatus is main with an exit status, for tests that run it in-process.
func mainStatus() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the process at once
	return run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr})
}

// streams are the three standard streams of one run.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// A command is one subcommand. declare declares its flags and returns the
// function that runs it once they are parsed.
type command struct {
	name    string
	args    string // as the usage line shows them
	short   string // one line, for the list of commands
	long    string // paragraphs, for "dateline help NAME"
	loose   bool   // unknown flags are arguments: a query may hold -word
	declare func(*flag.FlagSet) func(context.Context, streams, []string) error
}

// commands lists the subcommands in the order in which help shows them.
func commands() []command {
	return []command{
		demoCommand, addCommand, importCommand, followCommand, sourcesCommand, searchCommand, alertCommand, serveCommand, usersCommand, showCommand,
		statementsCommand, citeCommand, sameCommand, differCommand, correctCommand, withdrawCommand,
		timelineCommand, exchangesCommand, storiesCommand, diffCommand, changesCommand, exportCommand, sqlCommand,
		mcpCommand, extractCommand, understandCommand, groupCommand, inspectCommand, rebuildCommand,
		verifyCommand, sealCommand, keyCommand, backupCommand, restoreCommand, completionCommand(), manCommand(), versionCommand,
	}
}

// run runs one command line and returns its exit status.
func run(ctx context.Context, args []string, s streams) int {
	if len(args) == 0 {
		fmt.Fprint(s.err, usage())
		return exitUsage
	}
	name, args := args[0], args[1:]
	switch name {
	case "help", "-h", "-help", "--help":
		return help(args, s)
	case "-version", "--version":
		name = versionCommand.name
	}
	c, ok := find(name)
	if !ok {
		fmt.Fprint(s.err, noCommand(name))
		return exitUsage
	}
	fs := c.flags()
	fs.SetOutput(io.Discard)
	do := c.declare(fs)
	rest, err := parseFlags(fs, args, c.loose)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(s.out, c.usage())
		return exitDone
	case err != nil:
		err = usageError{err}
	default:
		s.in = interruptible(ctx, s.in)
		err = do(ctx, s, rest)
	}
	return report(ctx, s.err, c, err)
}

// A usageError is a command line that cannot be understood.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// errPartly says that the work is done but some inputs could not be read;
// each of them has been reported already.
var errPartly = errors.New("some inputs could not be read")

// report prints what err says and returns the exit status it stands for.
func report(ctx context.Context, w io.Writer, c command, err error) int {
	var usage usageError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errPartly):
		return exitPartly
	case errors.As(err, &usage):
		fmt.Fprintf(w, "dateline %s: %v\n\"dateline help %s\" says more\n", c.name, err, c.name)
		return exitUsage
	case ctx.Err() != nil:
		fmt.Fprintln(w, "dateline: interrupted")
		return exitInterrupted
	case errors.Is(err, syscall.EPIPE): // the reader of our output has seen enough
		return exitDone
	}
	fmt.Fprintf(w, "dateline %s: %v\n", c.name, err)
	return exitFailed
}

func find(name string) (command, bool) {
	for _, c := range commands() {
		if c.name == name {
			return c, true
		}
	}
	return command{}, false
}

func help(args []string, s streams) int {
	if len(args) == 0 {
		fmt.Fprint(s.out, usage())
		return exitDone
	}
	if args[0] == "help" {
		return help(nil, s)
	}
	c, ok := find(args[0])
	if !ok {
		fmt.Fprint(s.err, noCommand(args[0]))
		return exitUsage
	}
	fmt.Fprint(s.out, c.usage())
	return exitDone
}

// noCommand says that there is no command of a name, and which may be meant.
func noCommand(name string) string {
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	meant := ""
	if near := text.Nearest(name, append(names, "help")); near != "" {
		meant = fmt.Sprintf("did you mean \"dateline %s\"? ", near)
	}
	return fmt.Sprintf("dateline: there is no command %q; %s\"dateline help\" lists them\n", name, meant)
}

// usage is what "dateline help" prints.
func usage() string {
	var b strings.Builder
	b.WriteString("Dateline turns news pages into an archive that can be questioned and cited.\n\nUsage: dateline COMMAND [FLAGS] [ARGUMENTS]\n\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "  %-11s %s\n", c.name, c.short)
	}
	fmt.Fprintf(&b, "  %-11s %s\n", "help", "says more about a command: dateline help add")
	b.WriteString("\nStart with \"dateline demo\".\n\n" + exitStatuses)
	return b.String()
}

const exitStatuses = "Exit status: 0 done, 1 failed, 2 usage, 3 done but some inputs could not be read, 130 interrupted.\n"
