package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"

	"dateline/acquire/robots"
)

var inspectCommand = command{
	name:  "inspect",
	args:  "robots FILE PATH…",
	short: "shows what Dateline makes of one robots.txt, and stores nothing",
	long: `Inspect robots reads a robots.txt (- for standard input) as a follower would
(RFC 9309), and prints one JSON object: for each path whether the agent may
fetch it, the sitemaps, the delay and the signals on use that the file states.
With -text it prints a line a path instead, with the line of the file that
decides.`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		asText := fs.Bool("text", false, "print a line a path, with the line of the file that decides")
		agent := fs.String("agent", "Dateline", "product token that the rules are read for")
		base := fs.String("url", "", "address of the file, for relative sitemaps")
		return func(ctx context.Context, s streams, args []string) error {
			if len(args) < 2 || args[0] != "robots" {
				return usagef("needs robots and a file")
			}
			text, err := readInput(s.in, args[1])
			if err != nil {
				return err
			}
			return inspectRobots(s.out, robots.Parse(text, *base), *agent, args[2:], *asText)
		}
	},
}

// readInput reads a file whole, or standard input for "-".
func readInput(in io.Reader, name string) ([]byte, error) {
	if name != "-" {
		return os.ReadFile(name)
	}
	text, err := io.ReadAll(in)
	if err != nil {
		return nil, fmt.Errorf("standard input: %w", err)
	}
	return text, nil
}

// A robotsAnswer is what inspect prints of a robots.txt.
type robotsAnswer struct {
	Rows     [][3]any            `json:"rows"` // agent, path, allowed
	Sitemaps []string            `json:"sitemaps,omitempty"`
	Delay    float64             `json:"crawl_delay_s,omitempty"`
	Signals  map[string][]string `json:"signals,omitempty"`
}

func inspectRobots(w io.Writer, f *robots.File, agent string, paths []string, asText bool) error {
	rules := f.For(agent)
	if asText {
		for _, path := range paths {
			a := rules.Test(path)
			fmt.Fprintf(w, "%-9s %s%s\n", map[bool]string{true: "allowed", false: "forbidden"}[a.Allowed], path, decidedBy(a))
		}
		return nil
	}
	out := robotsAnswer{Rows: [][3]any{}, Sitemaps: f.Sitemaps, Delay: rules.Delay.Seconds(), Signals: rules.Signals}
	for _, path := range paths {
		out.Rows = append(out.Rows, [3]any{agent, path, rules.Allows(path)})
	}
	return json.NewEncoder(w).Encode(out)
}

// decidedBy says which line of the file an answer comes from.
func decidedBy(a robots.Answer) string {
	if a.Line == 0 {
		return " (no rule matches)"
	}
	return fmt.Sprintf(" (line %d)", a.Line)
}
