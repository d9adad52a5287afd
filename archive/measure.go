package archive

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"

	"dateline"
	"dateline/pipeline"
	"dateline/store"
)

// A Measure is how large an archive is, and how far its stages lag behind.
type Measure struct {
	Captures int64                   // captures added, by the position of the last in its log
	Bytes    int64                   // of the files in the folder of the archive; 0 if it has none
	Behind   map[pipeline.Name]int64 // by stage: positions of the log before it that it has not read
}

// Measure measures the archive. It reads no record: it takes about a millisecond.
func (a *Archive) Measure(ctx context.Context) (m Measure, err error) {
	if m.Captures, err = a.parts.Captures.Last(ctx); err != nil {
		return m, err
	}
	articles, err := a.parts.Articles.Last(ctx)
	if err != nil {
		return m, err
	}
	findings, err := a.parts.Findings.Last(ctx)
	if err != nil {
		return m, err
	}
	m.Behind = map[pipeline.Name]int64{}
	for _, s := range []struct {
		name pipeline.Name
		last int64
		at   store.Cursors
	}{
		{pipeline.Extract, m.Captures, a.parts.Cursors}, {pipeline.Understand, articles, a.parts.Cursors}, {pipeline.Index, findings, a.parts.Index},
	} {
		at, err := s.at.Cursor(ctx, string(s.name))
		if err != nil {
			return m, err
		}
		m.Behind[s.name] = max(0, s.last-at)
	}
	if a.dir == "" {
		return m, nil
	}
	err = fs.WalkDir(os.DirFS(a.dir), ".", func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil // what is taken away meanwhile takes no room
		}
		if info, err := d.Info(); err == nil {
			m.Bytes += info.Size()
		}
		return nil
	})
	return m, err
}

// Dir returns the folder that the archive was opened in; "" if it was made of parts.
func (a *Archive) Dir() string { return a.dir }

// File returns the path of a file in the folder of the archive, for what belongs to a
// server of it and not to the archive, such as its accounts; "" if it was made of parts.
func (a *Archive) File(name string) string {
	if a.dir == "" {
		return ""
	}
	return filepath.Join(a.dir, name)
}

// Arrivals is the log of the captures, in the order in which they came in.
func (a *Archive) Arrivals() store.Log[dateline.Capture] { return a.parts.Captures }
