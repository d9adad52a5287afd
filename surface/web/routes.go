package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"dateline"
	"dateline/answer"
	"dateline/index"
	"dateline/query"
)

// A route is one address of the site: its pattern (see [http.ServeMux]), what answers
// it, and what the answer costs.
type route struct {
	pattern string
	serve   http.HandlerFunc
	weight  weight
}

// routes lists every address. A page whose path ends in a wildcard needs no route for
// its JSON twin, since the wildcard takes the suffix, too: /article/ID and
// /article/ID.json.
func (s *site) routes() []route {
	home := s.keep("home", &kept{}, s.home)
	return []route{
		{"GET /{$}", home, page},
		{"GET /index.json", home, page},
		{"GET /search", s.page("search", s.search), page},
		{"GET /search.json", s.page("search", s.search), page},
		{"GET /calendar", s.page("calendar", s.calendar), page},
		{"GET /calendar.json", s.page("calendar", s.calendar), page},
		{"GET /timeline", s.page("timeline", s.timeline), record},
		{"GET /timeline.json", s.page("timeline", s.timeline), record},
		{"GET /exchanges", s.page("exchanges", s.exchanges), record},
		{"GET /exchanges.json", s.page("exchanges", s.exchanges), record},
		{"GET /article/{id}", s.page("article", s.article), page},
		{"GET /article/{id}/v/{capture}", s.page("article", s.article), page},
		{"GET /article/{id}/why", s.page("why", s.why), record},
		{"GET /article/{id}/why.json", s.page("why", s.why), record},
		{"GET /article/{id}/v/{capture}/why", s.page("why", s.why), record},
		{"GET /article/{id}/v/{capture}/why.json", s.page("why", s.why), record},
		{"GET /article/{id}/diff", s.page("diff", s.diff), record},
		{"GET /article/{id}/diff.json", s.page("diff", s.diff), record},
		{"GET /article/{id}/v/{capture}/diff", s.page("diff", s.diff), record},
		{"GET /article/{id}/v/{capture}/diff.json", s.page("diff", s.diff), record},
		{"GET /sources", s.page("sources", s.sources), page},
		{"GET /sources.json", s.page("sources", s.sources), page},
		{"GET /alerts", s.page("alerts", s.alerts), page},
		{"GET /alerts.json", s.page("alerts", s.alerts), page},
		{"POST /alerts", s.addAlert, page},
		{"GET /alert/{name}", s.page("alert", s.alert), page},
		{"GET /alert/{name}/feed.atom", s.alertFeed, page},
		{"GET /alert/{name}/feed.json", s.alertFeed, page},
		{"POST /alert/{name}/remove", s.edit(s.removeAlert), page},
		{"POST /alert/{name}/test", s.edit(s.testAlert), page},
		{"POST /alert/{name}/retry", s.edit(s.retryAlert), page},
		{"GET /decisions", s.page("decisions", s.decisions), page},
		{"GET /decisions.json", s.page("decisions", s.decisions), page},
		{"POST /decisions", s.edit(s.decide), page},
		{"GET /article/{id}/correct", s.page("correct", s.correct), page},
		{"GET /article/{id}/correct.json", s.page("correct", s.correct), page},
		{"GET /changes", s.page("changes", s.changes), record},
		{"GET /changes.json", s.page("changes", s.changes), record},
		{"GET /statements.json", s.page("", s.statements), page},
		{"GET /openapi.json", s.openapi, asset},
		{"GET /export", s.export, stream},
		{"GET /stories", s.page("stories", s.stories), page},
		{"GET /stories.json", s.page("stories", s.stories), page},
		{"GET /story/{id}", s.page("story", s.story), page},
		{"GET /article/{id}/v/{capture}/cite/{words}", s.page("cite", s.cite), page},
		{"GET /article/{id}/v/{capture}/cite/{words}/{file}", s.citation, page},
		{"GET /speaker/{name}", s.page("speaker", s.speaker), page},
		{"GET /person/{name}", s.page("thing", s.thing("person")), page},
		{"GET /org/{name}", s.page("thing", s.thing("org")), page},
		{"GET /place/{name}", s.page("thing", s.thing("place")), page},
		{"GET /capture/{id}", s.page("capture", s.capture), record},
		{"GET /capture/{id}/raw", s.raw, record},
		{"GET /capture/{id}/source", s.source, record},
		{"GET /capture/{id}/page", s.capturedPage, record},
		{"GET " + timeGatePath + "{address}", s.timeGate, page},
		{"GET " + timeMapPath + "{address}", s.timeMap, page},
		{"GET /help", s.page("help", s.help), page},
		{"GET /help.json", s.page("help", s.help), page},
		{"GET /static/{file}", s.static.ServeHTTP, asset},
		{"GET /login", s.page("login", s.login), asset},
		{"POST /login", s.enter, asset},
		{"POST /logout", s.leave, asset},
		{"GET /healthz", s.healthz, asset},
		{"GET /readyz", s.readyz, asset},
		{"GET /metrics", s.metrics, asset},
		{"GET /mcp", s.protocol, page},
		{"POST /mcp", s.protocol, page},
		{"GET /", s.nowhere, page},
	}
}

// Routes returns the patterns of all addresses, such as "GET /search", for tests of
// the documentation.
func Routes() []string {
	var patterns []string
	for _, r := range new(site).routes() {
		patterns = append(patterns, r.pattern)
	}
	return patterns
}

// A view is one page ready to be rendered.
type view struct {
	Title    string // in the tab of the browser; "" on the home page
	Query    string // the text in the search box
	Best     bool   // the search box asks for the best match first
	Twin     string // address of the JSON twin; "" if there is none
	Redirect string // an address to send the reader to in place of this page; "" for none
	Next     string // address of the JSON twin of the next part; "" if there is none
	Answer   any    // what the JSON twin says
	Page     any    // what the template of the page shows
	Edits    bool   // the reader may decide by forms
	Done     string // what a form has done, in a sentence; "" if the reader does not come from one
}

// page returns the handler of a page. build makes the view, which is written as JSON
// if the path ends in ".json", and otherwise through the template with the name.
func (s *site) page(name string, build func(*http.Request) (view, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, err := build(r)
		switch {
		case err != nil:
			s.fail(w, r, err)
		case v.Redirect != "":
			http.Redirect(w, r, v.Redirect, http.StatusSeeOther)
		case wantsJSON(r):
			if v.Next != "" {
				w.Header().Set("Link", "<"+v.Next+`>; rel="next"`)
			}
			s.writeAnswer(w, r, v.Answer)
		default:
			if v.Twin == "" {
				v.Twin = twin(r)
			}
			s.writePage(w, r, http.StatusOK, name, v)
		}
	}
}

// wantsJSON reports whether r asks for the JSON twin of a page.
func wantsJSON(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, ".json") }

// twin returns the address of the JSON twin of the page that r asks for.
func twin(r *http.Request) string {
	u := *r.URL
	u.Path, u.RawPath = strings.TrimSuffix(u.Path, "/")+".json", ""
	if u.Path == ".json" {
		u.Path = "/index.json"
	}
	return u.RequestURI()
}

// key returns the value of a wildcard in the path, without the suffix of a JSON twin.
func key(r *http.Request, name string) string {
	return strings.TrimSuffix(r.PathValue(name), ".json")
}

// Media types of pages and of their twins.
const (
	typeHTML = "text/html; charset=utf-8"
	typeJSON = "application/json; charset=utf-8"

	typeProblem = "application/problem+json" // RFC 9457
)

// render returns the HTML of v, made by the template with the name.
func (s *site) render(name string, v view) ([]byte, error) {
	var b bytes.Buffer
	if err := s.pages[name].Execute(&b, v); err != nil {
		return nil, fmt.Errorf("page not rendered: %w", err)
	}
	return settle(b.Bytes()), nil
}

// encode returns the JSON twin of a page.
func encode(answer any) ([]byte, error) {
	b, err := json.MarshalIndent(answer, "", "  ")
	return append(b, '\n'), err
}

// send writes a page or its twin. A browser may keep it, but has to ask again before
// showing it; if it has this very answer, it is told so in place of the answer (RFC 9110,
// section 13.1.2).
func send(w http.ResponseWriter, r *http.Request, status int, media string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", media)
	if h.Get("Cache-Control") != "no-store" { // which the answer to a form is
		h.Set("Cache-Control", "no-cache")
	}
	if status == http.StatusOK {
		sum := sha256.Sum256(body)
		h.Set("ETag", `"`+hex.EncodeToString(sum[:12])+`"`)
		if has(r.Header.Values("If-None-Match"), h.Get("ETag")) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	write(w, status, body)
}

// has reports whether the lists of entity tags name the tag, or any.
func has(lists []string, tag string) bool {
	for _, list := range lists {
		for t := range strings.SplitSeq(list, ",") {
			if t = strings.TrimPrefix(strings.TrimSpace(t), "W/"); t == tag || t == "*" {
				return true
			}
		}
	}
	return false
}

// write writes a whole body. The header says how long it is, so that a reader whose
// connection is cut notices that something is missing.
func write(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // an error means that the reader has gone
}

// writePage writes v through the template with the name.
func (s *site) writePage(w http.ResponseWriter, r *http.Request, status int, name string, v view) {
	v.Edits, v.Done = s.edits(r), dones[r.URL.Query().Get("done")]
	body, err := s.render(name, v)
	if err != nil {
		s.log.Error("page not rendered", "url", r.URL.String(), "err", err)
		http.Error(w, "this page could not be rendered", http.StatusInternalServerError)
		return
	}
	send(w, r, status, typeHTML, body)
}

// writeProblem writes why there is no answer, as JSON.
func (s *site) writeProblem(w http.ResponseWriter, r *http.Request, p *problem) {
	told := p.Problem
	told.Title, told.Status = p.Heading, p.Status
	body, err := encode(&told)
	if err != nil {
		s.log.Error("page not rendered", "url", r.URL.String(), "err", err)
	}
	send(w, r, p.Status, typeProblem, body)
}

// A problem is an error with what its page needs: the status of HTTP and a heading.
type problem struct {
	answer.Problem
	Status  int
	Heading string
}

// Before, At and After are the parts of the query before, at and after the place of
// the error. At is one character, or "" at the end of the query.
func (p *problem) Before() string { return p.Query[:*p.Offset] }
func (p *problem) At() string     { return firstRune(p.Query[*p.Offset:]) }
func (p *problem) After() string  { return p.Query[*p.Offset+len(p.At()):] }

// badRequest says that an address has a part that cannot be read: a parameter, or a field
// of the request's header.
func badRequest(parameter, format string, args ...any) error {
	p := newProblem(http.StatusBadRequest, "This address cannot be read", fmt.Sprintf(format, args...))
	p.Parameter = parameter
	return p
}

// newProblem returns a problem without a query.
func newProblem(status int, heading, message string) *problem {
	return &problem{answer.Problem{Message: message}, status, heading}
}

// broken says why a query cannot be read, and where if err tells it.
func broken(text string, err error) error {
	p := newProblem(http.StatusBadRequest, "This query cannot be read", err.Error())
	p.Query, p.Parameter = text, "q"
	var at *query.SyntaxError
	if errors.As(err, &at) && at.Offset >= 0 && at.Offset <= len(text) {
		p.Message, p.Offset = at.Msg, &at.Offset
	}
	return p
}

// nowhere answers requests to addresses that match no other route.
func (s *site) nowhere(w http.ResponseWriter, r *http.Request) {
	s.fail(w, r, fmt.Errorf("page %s: %w", strings.TrimSuffix(r.URL.Path, ".json"), dateline.ErrNotFound))
}

// protocol answers programs that speak the Model Context Protocol.
func (s *site) protocol(w http.ResponseWriter, r *http.Request) {
	if s.mcp == nil {
		s.nowhere(w, r)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	s.mcp.ServeHTTP(w, r)
}

// fail answers with the page that tells of err, or with its JSON twin.
func (s *site) fail(w http.ResponseWriter, r *http.Request, err error) {
	var p *problem
	var page *answer.PageError
	switch {
	case errors.As(err, &p):
	case errors.As(err, &page):
		p = newProblem(http.StatusNotFound, "No such page", page.Error())
		p.Parameter = "page"
	case errors.Is(err, answer.ErrCursor):
		p = newProblem(http.StatusBadRequest, "This address cannot be read", err.Error())
		p.Parameter = "cursor"
	case errors.Is(err, dateline.ErrNotFound):
		p = newProblem(http.StatusNotFound, "Not in this archive", err.Error())
	case errors.Is(err, errBusy):
		w.Header().Set("Retry-After", "10")
		p = newProblem(http.StatusServiceUnavailable, "Too many readers at once", fmt.Sprintf("%v; try again in a moment", err))
	case errors.Is(err, index.ErrNone):
		w.Header().Set("Retry-After", "10")
		s.log.Warn("no index", "url", r.URL.String(), "err", err)
		p = newProblem(http.StatusServiceUnavailable, "There is no index at the moment", "it was taken away and is made again from the logs; ask again in a moment")
	case errors.Is(r.Context().Err(), context.Canceled):
		return // the reader is gone
	case errors.Is(r.Context().Err(), context.DeadlineExceeded):
		p = newProblem(http.StatusServiceUnavailable, "This takes too long",
			fmt.Sprintf("there is no answer after %v; fewer words, or longer beginnings before a *, find sooner", s.time))
	default:
		s.log.Error("page not made", "url", r.URL.String(), "err", err)
		p = newProblem(http.StatusInternalServerError, "This page could not be made", "the archive could not be read; the program's log says why")
	}
	if wantsJSON(r) {
		s.writeProblem(w, r, p)
		return
	}
	s.writePage(w, r, p.Status, "error", view{Title: p.Heading, Query: p.Query, Page: p})
}
