package main

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	_ "modernc.org/sqlite" // opens a database as no part of the program would

	"dateline/archive"
	"dateline/store/sqlite"
	"dateline/warc"
)

// check looks whether anything is lost after the command c was killed.
func (s *story) check(ctx context.Context, c *command) error {
	if c.args[0] == "verify" {
		if err := s.mend(ctx); err != nil {
			return err
		}
	}
	now, err := stateOf(ctx, s.dir)
	if s.acked.size() == 0 && (errors.Is(err, fs.ErrNotExist) || sqlite.Empty(err)) {
		return nil // it was killed before there was an archive
	}
	if err != nil {
		return err
	}
	if text := s.acked.lacks(now); text != "" {
		return errors.New("acknowledged, and lost: " + text)
	}
	if err := errors.Join(s.sound(ctx, s.dir), s.once(ctx)); err != nil {
		return err
	}
	if c.args[0] == "backup" && s.complete {
		return s.restore(ctx)
	}
	return nil
}

// done runs a command that nobody kills. Exit status 3 says that something is
// damaged, as it may be once the end of a WARC file was cut off.
func (s *story) done(ctx context.Context, dir string, args ...string) (*command, error) {
	c := &command{bin: s.bin, archive: dir, args: args}
	if err := c.run(ctx, nil); err != nil {
		return c, err
	}
	if c.status != 0 && (c.status != 3 || !s.cut) {
		return c, fmt.Errorf("dateline %s: exit status %d: %s%s", strings.Join(args, " "), c.status, c.stdout.String(), c.stderr.String())
	}
	return c, nil
}

// mend makes again what was broken. What stood at the end of a WARC file that
// was cut off is added again.
func (s *story) mend(ctx context.Context) error {
	if _, err := s.done(ctx, s.dir, "verify", "-repair"); err != nil || !s.cut {
		return err
	}
	for _, p := range s.parts {
		if _, err := s.done(ctx, s.dir, "add", p.file); err != nil {
			return err
		}
	}
	return nil
}

// sound wants "verify" to find nothing. What is left of a record whose end was
// cut off, and that was added again, may stand where it stood.
func (s *story) sound(ctx context.Context, dir string) error {
	c, err := s.done(ctx, dir, "verify", "-json")
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(&c.stdout)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var f archive.Flaw
		if err := json.Unmarshal(lines.Bytes(), &f); err != nil {
			return err
		}
		if f.Kind != archive.FlawRecord || f.Count > 0 {
			return fmt.Errorf("verify: %s: %v", f.Kind, f)
		}
	}
	return lines.Err()
}

// once wants each record, and each payload, in the WARC files once.
func (s *story) once(ctx context.Context) error {
	records, payloads := map[string]warc.Place{}, map[string]warc.Place{}
	for f, err := range warc.Verify(ctx, os.DirFS(filepath.Join(s.dir, "warc")), warc.VerifyOptions{}) {
		if err != nil {
			return err
		}
		if f.Err != nil || f.Type == warc.TypeInfo {
			continue
		}
		if at, ok := records[f.ID]; ok {
			return fmt.Errorf("the record %s of %s stands at %v and at %v", f.ID, f.URI, at, f.Place)
		}
		records[f.ID] = f.Place
		if at, ok := payloads[f.Payload]; ok && f.Type == warc.TypeResponse && !s.cut {
			return fmt.Errorf("the payload %s of %s stands at %v and at %v", f.Payload, f.URI, at, f.Place)
		}
		if f.Type == warc.TypeResponse {
			payloads[f.Payload] = f.Place
		}
	}
	return nil
}

// restore makes an archive of the backup, and looks whether it holds what the
// backup held when it was last complete.
func (s *story) restore(ctx context.Context) error {
	if _, err := s.done(ctx, s.scratch, "restore", s.backup); err != nil {
		return err
	}
	s.n.restored++
	now, err := stateOf(ctx, s.scratch)
	if err != nil {
		return err
	}
	if text := s.saved.lacks(now); text != "" {
		return errors.New("the restored backup lacks what it held: " + text)
	}
	return errors.Join(s.sound(ctx, s.scratch), os.RemoveAll(s.scratch))
}

// finish adds and makes again everything, and compares the archive with one that
// was never killed.
func (s *story) finish(ctx context.Context) error {
	for _, args := range [][]string{
		{"add", s.parts[0].file}, {"add", s.parts[1].file}, {"add", s.parts[2].file}, {"verify", "-repair"},
		{"rebuild", "extract"}, {"rebuild", "understand"}, {"rebuild", "index"},
	} {
		if _, err := s.done(ctx, s.dir, args...); err != nil {
			return err
		}
	}
	now, err := stateOf(ctx, s.dir)
	if err != nil {
		return err
	}
	if text := s.acked.lacks(now); text != "" {
		return errors.New("lost at last: " + text)
	}
	if !s.mixed {
		if err := s.regroup(ctx, now); err != nil {
			return err
		}
	}
	now.decisions, now.groups = s.whole.decisions, s.whole.groups // each story has its own
	if text := s.whole.differs(now); text != "" {
		return errors.New("the archive is not that which was never killed: " + text)
	}
	found, err := answersOf(ctx, s.bin, s.dir)
	if err == nil && found != s.found {
		err = errors.New("queries find something else than in an archive that was never killed")
	}
	if err = errors.Join(err, s.sound(ctx, s.dir), s.once(ctx)); err != nil {
		return err
	}
	if s.cut { // the archive no longer is what was backed up
		return strays(s.dir)
	}
	if _, err := s.done(ctx, s.dir, "backup", s.backup); err != nil {
		return err
	}
	return errors.Join(strays(s.dir), strays(s.backup))
}

// regroup wants the groups to be those that the articles have when all are grouped anew,
// in the order in which they came in: no kill has made an article be grouped without
// those before it.
func (s *story) regroup(ctx context.Context, was state) error {
	if _, err := s.done(ctx, s.dir, "rebuild", "group"); err != nil {
		return err
	}
	now, err := stateOf(ctx, s.dir)
	if err != nil {
		return err
	}
	s.n.regrouped++
	if text := was.lacks(now); text != "" {
		return errors.New("grouped anew: " + text)
	}
	return nil
}

var ownFile = regexp.MustCompile(`^((archive|index)\.db(-wal|-shm|-sums)?|archive\.db\.damaged-[0-9TZ]+(-wal)?|backup\.json|warc/lock|warc/dateline-[0-9TZ]+-[0-9]+\.warc\.gz)$`)

// strays returns an error if a folder holds a file that no archive has: what a killed
// command has left behind.
func strays(dir string) error {
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !ownFile.MatchString(name) {
			err = fmt.Errorf("%s was left behind", name)
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// change changes a database as no program should.
func change(ctx context.Context, database, statements string) error {
	db, err := sql.Open("sqlite", database)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, statements)
	return errors.Join(err, db.Close())
}
