package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"dateline"
	"dateline/acquire/feed"
	"dateline/acquire/robots"
	"dateline/answer"
	"dateline/extract/link"
)

var inspectCommand = command{
	name:  "inspect",
	args:  "feed|sitemap|robots FILE [PATH…] | canonical URL | version FILE FILE",
	short: "shows what Dateline makes of a feed, sitemap, robots.txt, address or change, and stores nothing",
	long: `Inspect reads one file (- for standard input) as a follower reads it, asks for
nothing, and prints one JSON object:

    inspect feed FILE             RSS, Atom, RDF, JSON Feed, or a page: its items,
                                  what is wrong with it, which feeds a page names
    inspect sitemap FILE          pages with headlines and times, or other sitemaps
    inspect robots FILE PATH…     whether the agent may fetch each path (RFC 9309);
                                  with -text a line a path, and the line that decides
    inspect canonical URL         the address that the page is known by, and the way
                                  it was found; -facts holds what else is known, as
                                  {"redirects":[…],"base":…,"link":[…],"og":…,"jsonld":…}
    inspect version FILE FILE     how a page changed from the first file to the second:
                                  whether it is another version, and what a reader
                                  finds changed; with -text the words, marked

-url, -content-type, -status, -header and -fetched say what the answer to a
request would have said (of version, the second): they resolve relative links,
tell the charset, which dates lie ahead, and what was refused.`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		asText := fs.Bool("text", false, "of robots: print a line a path, with the line of the file that decides; of version: print what changed, for reading")
		header := http.Header{}
		fs.Func("header", "of version: a `NAME:VALUE` that the answer came with; may be given again", func(s string) error {
			name, value, ok := strings.Cut(s, ":")
			if !ok {
				return errors.New("not NAME:VALUE")
			}
			header.Add(name, strings.TrimSpace(value))
			return nil
		})
		agent := fs.String("agent", "Dateline", "of robots: product token that the rules are read for")
		url := fs.String("url", "", "address that the file was fetched from")
		media := fs.String("content-type", "", "media type that it came with, and its charset")
		status := fs.Int("status", 200, "HTTP status that it came with")
		facts := fs.String("facts", "{}", "of canonical: what the page says of its address, as JSON")
		fetched := fs.String("fetched", "", "when it was fetched, RFC 3339; if not given, no date lies ahead")
		return func(ctx context.Context, s streams, args []string) error {
			if len(args) < 2 {
				return usagef("needs what to inspect (feed, sitemap, robots, canonical or version) and a file or an address")
			}
			at, err := time.Parse(time.RFC3339, *fetched)
			if *fetched != "" && err != nil {
				return usagef("-fetched %s: not a time like 2026-03-05T12:00:00Z", *fetched)
			}
			what, file, paths := args[0], args[1], args[2:]
			if what == "version" {
				return inspectVersion(s, args[1:], dateline.Capture{URL: *url, Status: *status}, header, *asText)
			}
			if len(paths) > 0 && what != "robots" {
				return usagef("reads one file, and %s is a second", paths[0])
			}
			if what == "canonical" {
				return inspectCanonical(s.out, file, *facts)
			}
			text, err := readInput(s.in, file)
			if err != nil {
				return err
			}
			in := feed.Input{Body: text, URL: *url, Type: *media, Fetched: at}
			switch what {
			case "feed":
				return printJSON(s.out, answer.NewFeed(in, *status))
			case "sitemap":
				return printJSON(s.out, answer.NewSitemap(in))
			case "robots":
				return inspectRobots(s.out, robots.Parse(text, *url), *agent, paths, *asText)
			}
			return usagef("cannot inspect %s, only feed, sitemap, robots, canonical and version", what)
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

// printJSON prints a value as one line of JSON, addresses as they are.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

func inspectCanonical(w io.Writer, address, facts string) error {
	var f link.Facts
	if err := json.Unmarshal([]byte(facts), &f); err != nil {
		return usagef("-facts: %v", err)
	}
	return printJSON(w, answer.NewCanonical(address, f))
}

func inspectRobots(w io.Writer, f *robots.File, agent string, paths []string, asText bool) error {
	if !asText {
		return printJSON(w, answer.NewRobots(f, agent, paths))
	}
	rules := f.For(agent)
	for _, path := range paths {
		a := rules.Test(path)
		fmt.Fprintf(w, "%-9s %s%s\n", map[bool]string{true: "allowed", false: "forbidden"}[a.Allowed], path, decidedBy(a))
	}
	return nil
}

// decidedBy says which line of the file an answer comes from.
func decidedBy(a robots.Answer) string {
	if a.Line == 0 {
		return " (no rule matches)"
	}
	return fmt.Sprintf(" (line %d)", a.Line)
}
