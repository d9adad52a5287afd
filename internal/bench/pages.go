//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"dateline"
	"dateline/acquire"
	"dateline/cmd/dateline/demo"
	"dateline/internal/newspaper"
)

// A page is one page as it was received.
type page struct {
	address, charset string
	body             []byte
}

// load reads the pages of the inputs into memory; without an input, those of
// the project.
func load(ctx context.Context, inputs []string) ([]page, error) {
	if len(inputs) == 0 {
		return bundled(ctx)
	}
	var pages []page
	for _, input := range inputs {
		more, err := open(ctx, input, acquire.Options{})
		if err != nil {
			return nil, err
		}
		pages = append(pages, more...)
	}
	return pages, nil
}

// open reads the pages of one input. What cannot be read it tells and leaves out.
func open(ctx context.Context, input string, o acquire.Options) (pages []page, err error) {
	for p, err := range acquire.Open(ctx, input, o) {
		switch {
		case ctx.Err() != nil:
			return nil, err
		case err != nil:
			fmt.Fprintln(os.Stderr, "bench:", err)
		case len(p.Body) > 0 && p.Capture.Type != dateline.TypeDump:
			pages = append(pages, page{p.Capture.URL, p.Capture.Charset, p.Body})
		}
	}
	return pages, nil
}

// bundled returns the pages of the demo, those of the golden tests, and pages
// written like a newspaper's.
func bundled(ctx context.Context) ([]page, error) {
	pages, err := open(ctx, "-", acquire.Options{Stdin: bytes.NewReader(demo.WARC)})
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob("extract/testdata/*.txtar")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		_, rest, ok := bytes.Cut(text, []byte("-- page.html --\n"))
		body, _, ended := bytes.Cut(rest, []byte("\n-- want.json --\n"))
		if ok && ended {
			pages = append(pages, page{body: body})
		}
	}
	for n := range 100 {
		body, address := newspaper.Page(n)
		pages = append(pages, page{address: address, body: body})
	}
	return pages, nil
}
