package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"dateline"
	"dateline/store"
	"dateline/store/sqlite"
)

// A state is what the logs of an archive hold: the records as JSON, by key. Of
// captures it leaves out in which file they stand, since that depends on when
// they were written.
type state struct {
	captures, articles, findings, groups, decisions map[string]string
}

func newState() state {
	return state{map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}}
}

// logs are the logs of a state by name.
func (s state) logs() map[string]map[string]string {
	return map[string]map[string]string{"captures": s.captures, "articles": s.articles, "findings": s.findings, "groups": s.groups, "decisions": s.decisions}
}

func (s state) size() (n int) {
	for _, log := range s.logs() {
		n += len(log)
	}
	return n
}

// merge puts the records of more into s.
func (s state) merge(more state) {
	own := s.logs()
	for name, log := range more.logs() {
		for key, rec := range log {
			own[name][key] = rec
		}
	}
}

// lacks says what s has that now has not, or has otherwise; "" if that is
// nothing.
func (s state) lacks(now state) string {
	theirs := now.logs()
	for name, log := range s.logs() {
		for key, rec := range log {
			switch is, ok := theirs[name][key]; {
			case !ok:
				return fmt.Sprintf("%s: %s is gone: %s", name, key, rec)
			case is != rec:
				return fmt.Sprintf("%s: %s was %s\nand is %s", name, key, rec, is)
			}
		}
	}
	return ""
}

// differs says in what two states differ; "" if in nothing.
func (s state) differs(other state) string {
	if text := s.lacks(other); text != "" {
		return text
	}
	return other.lacks(s)
}

// A reader reads the logs of an archive, as far as it has not read them yet.
type reader struct {
	db                                              *sqlite.DB
	captures, articles, findings, groups, decisions int64
	seen                                            state
}

func openReader(ctx context.Context, dir string) (*reader, error) {
	db, err := sqlite.Open(ctx, filepath.Join(dir, "archive.db"), sqlite.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	return &reader{db: db, seen: newState()}, nil
}

// read reads what has come since the last time.
func (r *reader) read(ctx context.Context) error {
	return errors.Join(
		follow(ctx, r.db.Captures(), &r.captures, r.seen.captures, func(c *dateline.Capture) string {
			c.File, c.Offset = "", 0
			return string(c.ID)
		}),
		follow(ctx, r.db.Articles(), &r.articles, r.seen.articles, func(a *dateline.Article) string { return string(a.Capture) }),
		follow(ctx, r.db.Findings(), &r.findings, r.seen.findings, func(f *dateline.Findings) string { return string(f.Capture) }),
		follow(ctx, r.db.Groups(), &r.groups, r.seen.groups, func(g *dateline.Group) string { return string(g.Article) }),
		follow(ctx, r.db.Decisions(), &r.decisions, r.seen.decisions, func(d *dateline.Decision) string {
			d.By, d.At = "", "" // who decided, and when, is not known to who asked for it
			return d.Key()
		}),
	)
}

// follow reads a log behind a position into seen.
func follow[T any](ctx context.Context, log store.Log[T], at *int64, seen map[string]string, key func(*T) string) error {
	for e, err := range log.After(ctx, *at) {
		if err != nil {
			return err
		}
		k := key(&e.Rec)
		text, err := json.Marshal(e.Rec)
		if err != nil {
			return err
		}
		seen[k], *at = string(text), e.Seq
	}
	return nil
}

// stateOf returns what the logs of an archive hold.
func stateOf(ctx context.Context, dir string) (state, error) {
	r, err := openReader(ctx, dir)
	if err != nil {
		return state{}, err
	}
	err = r.read(ctx)
	return r.seen, errors.Join(err, r.db.Close())
}

// watch reads an archive over and over until ctx ends. What it has seen by then
// is committed.
func watch(ctx context.Context, dir string) (state, error) {
	seen := newState()
	for ctx.Err() == nil {
		r, err := openReader(ctx, dir)
		if err != nil {
			time.Sleep(time.Millisecond) // it is being made
			continue
		}
		for err == nil && ctx.Err() == nil {
			err = r.read(ctx)
			time.Sleep(time.Millisecond)
		}
		seen.merge(r.seen)
		if err = errors.Join(err, r.db.Close()); err != nil && ctx.Err() == nil {
			return seen, err
		}
	}
	return seen, nil
}

// answersOf is what queries find, as the program prints it.
func answersOf(ctx context.Context, bin, archive string) (string, error) {
	var b strings.Builder
	for _, args := range [][]string{
		{"search", "-json", "-limit", "0"}, {"search", "-json", "-limit", "0", "room half"},
		{"search", "-json", "-limit", "0", "counted again"}, {"search", "-json", "-limit", "0", "who:velikar"},
		{"statements", "-json", "-limit", "0"},
	} {
		c := command{bin: bin, archive: archive, args: args}
		if err := c.run(ctx, nil); err != nil {
			return "", err
		}
		if c.status != 0 {
			return "", fmt.Errorf("dateline %s: exit status %d: %s", strings.Join(args, " "), c.status, c.stderr.String())
		}
		b.Write(c.stdout.Bytes())
	}
	return b.String(), nil
}
