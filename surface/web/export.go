package web

import (
	"bufio"
	"context"
	"errors"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"

	"dateline"
	"dateline/query"
	"dateline/surface/export"
)

// exportsAtOnce is how many exports are written at a time: each reads as fast as its
// reader takes it, for as long as that lasts.
const exportsAtOnce = 2

// An exporting is the form by which a list is exported.
type exporting struct {
	Query   string          // of the list
	Of      string          // what the list is of, one of export.Tables
	All     bool            // less certain statements, too
	Formats []export.Format // that can hold it
}

// newExporting returns the form for a list of what q finds.
func newExporting(q, of string, all bool) exporting {
	x := exporting{Query: q, Of: of, All: all}
	for _, f := range export.Formats() {
		if f.Check(of) == nil {
			x.Formats = append(x.Formats, f)
		}
	}
	return x
}

// export answers /export?q=QUERY&format=FORMAT&of=TABLE&after=ARTICLE&limit=N&all=1: what
// the query finds as a file, written as it is read.
func (s *site) export(w http.ResponseWriter, r *http.Request) {
	f, o, q, sel, err := s.exportAsked(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	select {
	case s.exports <- struct{}{}:
		defer func() { <-s.exports }()
	default:
		s.fail(w, r, errBusy)
		return
	}
	if o.Archive, err = s.archive.State(r.Context()); err != nil {
		s.fail(w, r, err)
		return
	}
	// What an error before the first article is can still be said.
	docs, stop := export.Peek(export.Select(r.Context(), s.archive, q, sel))
	defer stop()
	if docs.Err != nil {
		if err = docs.Err; errors.Is(err, export.ErrCursor) {
			err = badRequest("after", "%v", err)
		}
		s.fail(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.Type)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": exportName(o) + f.Ext}))
	h.Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return
	}
	out := bufio.NewWriterSize(w, pieceSize)
	_, err = export.Articles(out, docs.All, f, o, q.Selects, nil)
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		if r.Context().Err() == nil {
			s.log.Error("export not whole", "url", r.URL.String(), "err", err)
		}
		panic(http.ErrAbortHandler) // the reader sees that the file is not whole
	}
}

// exportAsked reads what r asks for.
func (s *site) exportAsked(r *http.Request) (f export.Format, o export.Origin, q query.Query, sel export.Selection, err error) {
	text := strings.TrimSpace(r.FormValue("q"))
	if q, err = query.Parse(text); err != nil {
		return f, o, q, sel, broken(text, err)
	}
	q.Doubtful = r.FormValue("all") != ""
	name, of := r.FormValue("format"), r.FormValue("of")
	if name == "" {
		name = "csv"
	}
	if of == "" {
		of = export.Tables[0]
	}
	f, ok := export.FormatOf(name)
	if !ok {
		return f, o, q, sel, badRequest("format", "format is %q; it can be %s", name, exportNames())
	}
	if err := f.Check(of); err != nil {
		return f, o, q, sel, badRequest("of", "of is wrong: %v", err)
	}
	sel = export.Selection{After: dateline.ArticleID(r.FormValue("after")), Needs: f.Needs(of)}
	if n := r.FormValue("limit"); n != "" {
		if sel.Limit, err = strconv.Atoi(n); err != nil || sel.Limit < 0 {
			return f, o, q, sel, badRequest("limit", "limit is %q; it is a number, 0 for all", n)
		}
	}
	o = export.Origin{Software: "dateline/" + s.version, Query: q.String(), Doubtful: q.Doubtful, Of: of, After: sel.After, Made: time.Now().UTC().Truncate(time.Second)}
	return f, o, q, sel, nil
}

// exportNames lists the formats.
func exportNames() string {
	var names []string
	for _, f := range export.Formats() {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}

// exportName returns the name of a file for what was asked, without its extension: the
// words of the query, and what it is of.
func exportName(o export.Origin) string {
	words := strings.FieldsFunc(o.Query, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	name := []rune(strings.Join(append([]string{"dateline"}, words...), "-"))
	name = name[:min(len(name), 60)]
	if o.Of != export.Tables[0] {
		return string(name) + "-" + o.Of
	}
	return string(name)
}

// streamed returns the handler of a route whose answer is written for as long as its
// reader takes it: it has no time of its own, and ends when the reader leaves or
// receives nothing for sendTime.
func (s *site) streamed(r route) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		ctx, cancel := context.WithCancel(req.Context())
		defer cancel()
		// The error is ignored: only writers of tests know no deadlines.
		_ = http.NewResponseController(w).SetReadDeadline(time.Time{})
		out := &reply{ResponseWriter: w, req: req, ctx: ctx, room: s.room, done: func() {}}
		r.serve(out, req.WithContext(ctx))
		out.finish() // not if it was aborted
	}
}
