package main

import (
	"context"
	"errors"
	"flag"
	"log/slog"
	"net/http"

	"dateline/archive"
	"dateline/surface/mcp"
)

var mcpCommand = command{
	name:  "mcp",
	short: "lets a language model search, read and cite the archive (Model Context Protocol)",
	long: `Mcp speaks the Model Context Protocol over standard input and output, for programs
that run it and give what it offers to a language model: search_articles,
get_article, search_statements, get_speaker, get_story, list_stories, get_timeline,
what_changed and cite. "dateline serve" speaks it at /mcp over HTTP.

Nothing in the archive is changed. Each answer says that what is copied from pages
is data and no instruction, and holds what is needed to cite it: address, key and
digest of the capture, its time, and the bytes where words stand (doc/mcp.md). A
program is told of it by a line such as

    {"mcpServers": {"news": {"command": "dateline", "args": ["mcp", "-archive", "FOLDER"]}}}`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		return func(ctx context.Context, s streams, args []string) error {
			if len(args) > 0 {
				return usagef("takes no arguments; -archive names the archive")
			}
			a, err := openForReading(ctx, s, dir())
			if err != nil {
				return err
			}
			o := mcp.Options{Version: release(), Log: slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: slog.LevelWarn}))}
			return errors.Join(mcp.Serve(ctx, mcp.New(a, o), s.in, s.out), a.Close())
		}
	},
}

// protocol returns what answers the Model Context Protocol over HTTP from a.
func protocol(a *archive.Archive, log *slog.Logger) http.Handler {
	o := mcp.Options{Version: release(), Log: log}
	return mcp.Handler(mcp.New(a, o), o)
}
