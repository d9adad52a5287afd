package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"dateline"
	"dateline/pipeline"
	"dateline/query"
	"dateline/store/sqlite"
	"dateline/surface/web"
	"dateline/understand"
	"dateline/warc"
)

// An archive is a folder that holds the raw captures in WARC files and the
// records and the index in one database.
type archive struct {
	*sqlite.DB
	dir   string
	files *warc.Files
	max   int64 // most bytes that one page may have once decompressed
}

// Where the parts of an archive are, relative to its folder.
const (
	databaseFile = "archive.db"
	warcFolder   = "warc"
)

// createArchive opens the archive in dir for writing and makes it if need be.
// One process at a time can hold an archive so.
func createArchive(ctx context.Context, dir string, max int64) (*archive, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	files, err := warc.OpenFiles(filepath.Join(dir, warcFolder), warc.FilesOptions{Software: "dateline/" + version()})
	if err != nil {
		return nil, err
	}
	db, err := sqlite.Open(ctx, filepath.Join(dir, databaseFile), sqlite.Options{})
	if err != nil {
		return nil, errors.Join(err, files.Close())
	}
	return &archive{DB: db, dir: dir, files: files, max: max}, nil
}

// openArchive opens the archive in dir for reading.
func openArchive(ctx context.Context, dir string) (*archive, error) {
	path := filepath.Join(dir, databaseFile)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no archive in %s; \"dateline add INPUT…\" makes one, -archive names another folder", dir)
	}
	db, err := sqlite.Open(ctx, path, sqlite.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	files, err := warc.OpenFiles(filepath.Join(dir, warcFolder), warc.FilesOptions{ReadOnly: true})
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &archive{DB: db, dir: dir, files: files, max: defaultMaxBytes}, nil
}

// Close closes the archive's files.
func (a *archive) Close() error {
	return errors.Join(a.DB.Close(), a.files.Close())
}

// Capture returns the capture with the given key.
func (a *archive) Capture(ctx context.Context, id dateline.CaptureID) (*dateline.Capture, error) {
	c, err := a.Captures().Get(ctx, string(id))
	return &c, err
}

// Findings returns what was found in the article that the capture shows.
func (a *archive) Findings(ctx context.Context, id dateline.CaptureID) (*dateline.Findings, error) {
	f, err := a.DB.Findings().Get(ctx, string(id))
	return &f, err
}

// Record reads the WARC record of a capture. A revisit has the head of its own
// exchange and the payload of the capture that it repeats.
func (a *archive) Record(ctx context.Context, c *dateline.Capture) (web.WARCRecord, error) {
	rec, err := a.files.Open(path.Base(c.File), c.Offset)
	if err != nil && rec == nil {
		return web.WARCRecord{}, err
	}
	held, holder := rec, c // the record that has the payload, and its capture
	if c.Revisit != "" {
		if holder, err = a.Capture(ctx, c.Revisit); err != nil {
			return web.WARCRecord{}, fmt.Errorf("capture %s repeats %s: %w", c.ID, c.Revisit, err)
		}
		if held, err = a.files.Open(path.Base(holder.File), holder.Offset); held == nil {
			return web.WARCRecord{}, err
		}
	}
	m := message(held, holder)
	body, _ := m.Content(a.max) // what can be read of it; the payload is there whole
	return web.WARCRecord{Type: rec.Type(), Head: warc.Head(rec.Block), Payload: m.Payload, Body: body}, nil
}

// message returns the message in the record of a capture that is no revisit.
func message(rec *warc.Record, c *dateline.Capture) *warc.Message {
	if c.Status == 0 {
		return &warc.Message{Payload: rec.Block}
	}
	m, _ := warc.ParseMessage(rec.Block) // without a head it is all payload
	return m
}

// catchUp runs every stage over what the stage before it has put since the
// last time. done is told how many pages have reached the index; may be nil.
func (a *archive) catchUp(ctx context.Context, done func(int)) error {
	if _, err := pipeline.Run(ctx, "extract", a, a.Captures(), a.Articles().Put, a.extractStage, pipeline.Options{}); err != nil {
		return err
	}
	if _, err := pipeline.Run(ctx, "understand", a, a.Articles(), a.DB.Findings().Put, understandStage, pipeline.Options{}); err != nil {
		return err
	}
	_, err := pipeline.Run(ctx, "index", a, a.DB.Findings(), a.Add, a.indexStage, pipeline.Options{Batch: 2000, Done: done})
	return err
}

// extractStage turns a capture into the article that it shows.
func (a *archive) extractStage(ctx context.Context, c dateline.Capture) (dateline.Article, error) {
	rec, err := a.Record(ctx, &c)
	if err != nil {
		return dateline.Article{}, err
	}
	art := readPage(&c, rec.Body)
	art.Capture = c.ID
	if art.Canonical == "" {
		art.Canonical = c.URL
	}
	art.ID = dateline.NewArticleID(art.Canonical)
	return *art, nil
}

// understandStage turns an article into what its text says.
func understandStage(_ context.Context, a dateline.Article) (dateline.Findings, error) {
	f := understand.Findings(&a)
	text, err := json.Marshal(a)
	if err != nil {
		return dateline.Findings{}, err
	}
	sum := sha256.Sum256(text)
	f.Article = "sha256:" + hex.EncodeToString(sum[:])
	return *f, nil
}

// indexStage joins findings with their article for the index.
func (a *archive) indexStage(ctx context.Context, f dateline.Findings) (query.Doc, error) {
	art, err := a.Articles().Get(ctx, string(f.Capture))
	return query.Doc{Article: &art, Findings: &f}, err
}
