package main

import (
	"flag"
	"io"
	"log/slog"
)

// logging says how what happens is told on the error stream.
type logging struct{ form string }

// logFlag declares -log.
func logFlag(fs *flag.FlagSet) *logging {
	l := &logging{}
	fs.StringVar(&l.form, "log", "text", "tell what happens on the error stream as `text` or json, a line each")
	return l
}

// logger returns what tells on w what happens, from a level on.
func (l *logging) logger(w io.Writer, level slog.Level) (*slog.Logger, error) {
	o := &slog.HandlerOptions{Level: level}
	switch l.form {
	case "text":
		return slog.New(slog.NewTextHandler(w, o)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, o)), nil
	}
	return nil, usagef("-log %s: there are text and json", l.form)
}
