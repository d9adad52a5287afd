package sqlfile

import (
	"context"
	"errors"
	"io/fs"
	"sync"

	"dateline/internal/disk"
)

// ErrGone reports a file that somebody has taken away since it was opened.
var ErrGone = errors.New("the file is gone: somebody has taken it away since it was opened")

// ErrReplaced reports that another file has taken the place of the one that was
// opened for writing. It is reported once: what the writer has read of the old one
// does not hold for the new one, to which it writes from then on.
var ErrReplaced = errors.New("another file has taken the place of the one that was opened")

// A place is where connections find their file. A file that is deleted or
// replaced goes on living for those who have it open (POSIX, unlink), and would be
// read for as long as the program runs.
type place struct {
	fs   disk.FS
	path string
	// replaced is asked about another file that stands there since.
	replaced func(context.Context) error

	mu    sync.Mutex
	known fs.FileInfo // the file that was opened, or found to be as good; nil before that
}

// settle notes the file that stands at the path now as the one that is open, so that
// another one put in its place is noticed.
func (p *place) settle() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.known, _ = p.fs.Stat(p.path) // a file that cannot be asked for is not watched
}

// look returns the file that a new connection will find. The error is ErrGone, or
// why what stands there now cannot take the place of what was opened.
func (p *place) look(ctx context.Context) (fs.FileInfo, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now, err := p.fs.Stat(p.path)
	switch {
	case p.known == nil, err != nil && !errors.Is(err, fs.ErrNotExist):
		return now, nil // whatever is the matter, SQLite meets it too
	case err != nil:
		return nil, ErrGone
	case disk.Same(now, p.known):
		return now, nil
	}
	if err := p.replaced(ctx); err != nil {
		if errors.Is(err, ErrReplaced) {
			p.known = now
		}
		return nil, err
	}
	p.known = now
	return now, nil
}

// left reports whether the file that a connection has open is no longer the one
// that is there.
func (p *place) left(open fs.FileInfo) bool {
	if open == nil {
		return false
	}
	now, err := p.fs.Stat(p.path)
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	return !disk.Same(now, open)
}
