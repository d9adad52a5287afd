package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"
)

// progress shows on a terminal how far long work has come; elsewhere it is
// silent. Its methods may be called from several goroutines.
type progress struct {
	mu    sync.Mutex
	w     io.Writer // nil if there is no terminal
	width int
	start time.Time
	shown time.Time
	pages int
	read  int64 // bytes of input read
	total int64 // bytes of input there are; 0 if not known
}

// isTerminal reports whether w is a terminal.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// newProgress returns a progress that is shown on w, if w is a terminal.
func newProgress(w io.Writer) *progress {
	p := &progress{start: time.Now()}
	if isTerminal(w) {
		p.w, p.width = w, 80
		if width, _, err := term.GetSize(int(w.(*os.File).Fd())); err == nil && width > 20 {
			p.width = width
		}
	}
	return p
}

// add counts pages that are done.
func (p *progress) add(pages int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pages += pages
	p.show()
}

// input says how many bytes of the input are read, and how many there are.
func (p *progress) input(read, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.read, p.total = read, total
	p.show()
}

// end removes the line of progress from the terminal, for good.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.w != nil {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.w = nil
	}
}

// clear removes the line of progress so that something else can be printed; the next count
// draws it again.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.w != nil {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// message prints a line that stays above the progress.
func (p *progress) message(w io.Writer, text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.w != nil {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
	fmt.Fprintln(w, text)
}

// show redraws the line, at most five times a second.
func (p *progress) show() {
	if p.w == nil || time.Since(p.shown) < 200*time.Millisecond {
		return
	}
	p.shown = time.Now()
	spent := p.shown.Sub(p.start)
	parts := []string{fmt.Sprintf("%d pages", p.pages), fmt.Sprintf("%.0f pages/s", float64(p.pages)/spent.Seconds())}
	if p.total > 0 && p.read > 0 {
		parts = append(parts, fmt.Sprintf("%d %%", 100*p.read/p.total))
		if left := time.Duration(float64(spent) * float64(p.total-p.read) / float64(p.read)); spent > time.Second {
			parts = append(parts, left.Round(time.Second).String()+" left")
		}
	}
	p.line(strings.Join(parts, "   "))
}

// say shows a text in place of the counts.
func (p *progress) say(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.w == nil || time.Since(p.shown) < 200*time.Millisecond {
		return
	}
	p.shown = time.Now()
	p.line(text)
}

// line draws the line.
func (p *progress) line(text string) {
	fmt.Fprintf(p.w, "\r\x1b[K%s", text[:min(len(text), p.width-1)])
}
