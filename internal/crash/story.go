package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"dateline"
)

// A story is one archive, and the commands and kills that it goes through.
type story struct {
	*world
	bin, dir, backup, scratch string
	r                         *rand.Rand
	n                         *counts
	left                      int       // kills that are still to strike
	log                       io.Writer // is told each round; may be nil
	told                      string    // the round under way

	acked    state // all that must be there
	saved    state // all that must be in the backup, if it is complete
	complete bool  // the backup was complete once
	cut      bool  // the end of a WARC file has been cut off on purpose
	mixed    bool  // articles may not stand in the order any more in which they were grouped
}

// run goes through the rounds, each until its kill has struck, and compares.
func (s *story) run(ctx context.Context) error {
	s.acked, s.saved = newState(), newState()
	for s.left > 0 {
		args := s.choose()
		if args[0] == "verify" {
			if err := s.damage(ctx); err != nil {
				return fmt.Errorf("breaking something: %w", err)
			}
		}
		if err := s.round(ctx, args); err != nil {
			return err
		}
	}
	s.told += "the end"
	s.n.seen += s.acked.size()
	s.n.stories++
	return s.finish(ctx)
}

// choose chooses a command at random.
func (s *story) choose() []string {
	stages := []string{"extract", "understand", "index"}
	switch n := s.r.IntN(12); {
	case len(s.acked.captures) == 0 || n < 4:
		return []string{"add", s.parts[s.r.IntN(len(s.parts))].file}
	case n < 7:
		return []string{"rebuild", stages[s.r.IntN(len(stages))]}
	case n < 8:
		i := s.r.IntN(len(s.names) - 1)
		return []string{"same", s.names[i], s.names[i+1]}
	case n < 10:
		return []string{"backup", s.backup}
	default:
		return []string{"verify", "-repair"}
	}
}

// round runs one command, kills it, and looks.
func (s *story) round(ctx context.Context, args []string) error {
	c := &command{bin: s.bin, archive: s.dir, args: args}
	kill := after(time.Duration(s.r.Int64N(int64(s.usual[c.name()] * 11 / 10))))
	if s.r.IntN(2) == 0 {
		kill = changes(1+s.r.IntN(15), s.dir, s.backup)
	}
	s.told += strings.Join(args, " ") + "; "
	watched := s.r.IntN(2) == 0 && args[0] != "verify" // which changes the file that is watched
	seen, err := s.watched(ctx, watched, func() error { return c.run(ctx, kill) })
	if err != nil {
		return err
	}
	if watched {
		s.n.watched++
	}
	if c.status == -1 {
		s.n.kills++
		s.left--
		s.n.struck[c.name()]++
	} else {
		s.n.early++
	}
	if s.log != nil {
		fmt.Fprintf(s.log, "%s: exit status %d, %d records seen\n", strings.Join(args, " "), c.status, seen.size())
	}
	s.acked.merge(seen)
	s.acknowledge(c)
	if err := s.check(ctx, c); err != nil {
		return fmt.Errorf("after exit status %d (%s): %w", c.status, strings.TrimSpace(c.stderr.String()), err)
	}
	return nil
}

// watched does something, and returns what a reader has seen meanwhile.
func (s *story) watched(ctx context.Context, wanted bool, do func() error) (seen state, err error) {
	if !wanted {
		return newState(), do()
	}
	watching, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	var watchErr error
	go func() {
		defer close(done)
		seen, watchErr = watch(watching, s.dir)
	}()
	err = do()
	stop()
	<-done
	return seen, errors.Join(err, watchErr)
}

// acknowledge notes what a command has told of as stored: from then on it must be there.
func (s *story) acknowledge(c *command) {
	switch c.args[0] {
	case "add":
		if !strings.Contains(c.stderr.String(), "; archive ") {
			return
		}
		for _, p := range s.parts {
			for _, id := range p.captures {
				if p.file == c.args[1] {
					s.acked.captures[string(id)] = s.whole.captures[string(id)]
				}
			}
		}
	case "same":
		if c.status == 0 || c.stdout.Len() > 0 {
			d := dateline.Decision{A: dateline.SpeakerRef{Name: c.args[1]}, B: dateline.SpeakerRef{Name: c.args[2]}, Verdict: dateline.Same}
			text, _ := json.Marshal(d) // it holds nothing that JSON cannot say
			s.acked.decisions[d.Key()] = string(text)
		}
	case "backup":
		if c.status == 0 || strings.HasPrefix(c.stderr.String(), "backed up ") {
			s.saved, s.complete = newState(), true
			s.saved.merge(s.acked)
		}
	}
}

// damage breaks something that can be made again.
func (s *story) damage(ctx context.Context) error {
	s.n.broken++
	database, index := filepath.Join(s.dir, "archive.db"), filepath.Join(s.dir, "index.db")
	what, err := "nothing", error(nil)
	switch s.r.IntN(11) {
	case 0:
		what, err = "the index is missing", removeAll(index, index+"-wal", index+"-shm")
	case 1:
		what, err = "the index is zeros", os.WriteFile(index, make([]byte, 1<<15), 0o644)
	case 2:
		what, err = "the database is missing", removeAll(database, database+"-wal", database+"-shm")
		clear(s.acked.decisions) // nothing else holds them
		s.mix()
	case 3:
		what, err = "articles are missing", change(ctx, database, "DELETE FROM articles WHERE seq % 3 = 0")
		s.mix()
	case 4:
		what, err = "findings are missing", change(ctx, database, "DELETE FROM findings WHERE seq % 2 = 0")
	case 5:
		what, err = "captures are missing", change(ctx, database, "DELETE FROM captures WHERE seq % 5 = 0")
		s.mix()
	case 6, 7:
		what, err = "rows are damaged", change(ctx, database, "UPDATE captures SET sum = sum + 1 WHERE seq % 4 = 0; UPDATE articles SET sum = 0 WHERE seq % 7 = 0")
		s.mix()
	case 8:
		what, err = "the end of the last WARC file is cut off", s.cutTail()
		s.mix()
	case 9:
		what, err = "groups are missing", change(ctx, database, "DELETE FROM groups WHERE seq % 3 = 0")
		if s.mixed { // what is made anew follows the order in which articles stand now
			clear(s.acked.groups)
		}
	default:
		s.n.broken--
	}
	s.told += what + "; "
	return err
}

// mix notes that articles are made again behind others, or are lost: the groups that are
// made of them then need not be those that were.
func (s *story) mix() {
	s.mixed = true
	clear(s.acked.groups)
}

// cutTail takes away some bytes of the last WARC file, as a full disk or a loss
// of power does. What stood there can be added again.
func (s *story) cutTail() error {
	names, err := filepath.Glob(filepath.Join(s.dir, "warc", "*.warc.gz"))
	if err != nil || len(names) == 0 {
		return err
	}
	name := names[len(names)-1]
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	s.cut = true
	return os.Truncate(name, max(0, info.Size()-1-s.r.Int64N(3000)))
}

func removeAll(names ...string) error {
	for _, name := range names {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
