package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"dateline"
	"dateline/account"
	"dateline/answer"
	"dateline/archive"
)

// An Editor does what readers decide by forms. Decisions take effect with Settle; what is
// kept and takes effect later is archive.ErrLater.
type Editor interface {
	// DecideSpeakers and DecideGroups keep that two speakers, or two articles, belong
	// together or do not, see [archive.Archive].
	DecideSpeakers(ctx context.Context, x, y dateline.SpeakerRef, v dateline.Verdict, by string) (dateline.Decision, bool, error)
	DecideGroups(ctx context.Context, level dateline.Level, refs [2]string, v dateline.Verdict, by string) (dateline.Decision, bool, error)
	// CorrectField, CorrectSpeaker and Withdraw set an article right; Undo takes that back.
	CorrectField(ctx context.Context, ref, field string, value []string, why, by string) (dateline.Correction, error)
	CorrectSpeaker(ctx context.Context, ref string, number int, name, why, by string) (dateline.Correction, error)
	Withdraw(ctx context.Context, ref, why, by string) ([]dateline.Correction, error)
	Undo(ctx context.Context, key, by string) (dateline.Correction, error)
	// Settle lets take effect what was decided.
	Settle(ctx context.Context) error
	// KeepAlert keeps a search, TakeAlert takes it away, TestAlert sends a test of it, and
	// RetryAlert sends again what was given up.
	KeepAlert(ctx context.Context, a dateline.Alert) (dateline.Alert, error)
	TakeAlert(ctx context.Context, name string) error
	TestAlert(ctx context.Context, name string) error
	RetryAlert(ctx context.Context, name string) error
}

// edits reports whether whoever asks may decide by forms.
func (s *site) edits(r *http.Request) bool {
	if s.editor == nil {
		return false
	}
	u, ok := userOf(r)
	return s.doors.accounts == nil || ok && u.Role.May(account.Edit)
}

// by is the name under which it is noted who decides.
func (s *site) by(r *http.Request) string {
	if u, ok := userOf(r); ok {
		return u.Name
	}
	return s.user
}

// dones are what pages say behind a form, by the value of "done" in their address.
var dones = map[string]string{
	"kept":   "It is kept, and holds from now on.",
	"later":  "It is kept. Another process is writing to this archive, and it takes effect with the next page that that adds.",
	"so":     "So it is already; nothing was kept.",
	"undone": "It was taken back.",
	"tested": "A test was sent to everybody whom this alert tells.",
	"again":  "What was given up is sent again.",
	"gone":   "The alert was taken away.",
}

// mostForm bounds what a form sends.
const mostForm = 64 << 10

// edit answers a form: do does what it says, and returns where the reader goes on and what
// is said there, a key of dones. http.CrossOriginProtection has refused forms of other
// sites by then.
func (s *site) edit(do func(r *http.Request) (to, done string, err error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !s.readForm(w, r) {
			return
		}
		to, done, err := do(r)
		if choice := (*archive.ChoiceError)(nil); errors.As(err, &choice) {
			err = newProblem(http.StatusBadRequest, "This cannot be kept", err.Error())
		}
		if errors.Is(err, archive.ErrAlready) {
			done, err = "so", nil
		}
		if err != nil {
			s.fail(w, r, err)
			return
		}
		goBack(w, r, to, done)
	}
}

// readForm reads a form of whoever may decide; else it answers why not, and returns false.
func (s *site) readForm(w http.ResponseWriter, r *http.Request) bool {
	if !s.edits(r) {
		s.fail(w, r, newProblem(http.StatusForbidden, "Nothing can be changed here", "this archive is only read here, or this account may only read"))
		return false
	}
	r.Body = http.MaxBytesReader(w, r.Body, mostForm)
	if err := r.ParseForm(); err != nil {
		s.fail(w, r, newProblem(http.StatusBadRequest, "This form cannot be read", err.Error()))
		return false
	}
	w.Header().Set("Cache-Control", "no-store")
	return true
}

// goBack has the reader of a form go on at an address of this server, which says what was
// done.
func goBack(w http.ResponseWriter, r *http.Request, to, done string) {
	http.Redirect(w, r, withDone(to, done), http.StatusSeeOther)
}

// withDone returns an address of this server with what was done.
func withDone(to, done string) string {
	path, values, _ := strings.Cut(to, "?")
	values, _, _ = strings.Cut(values, "#")
	var kept []string
	for v := range strings.SplitSeq(values, "&") {
		if v != "" && !strings.HasPrefix(v, "done=") {
			kept = append(kept, v)
		}
	}
	return path + "?" + strings.Join(append(kept, "done="+done), "&")
}

// decide answers the forms of decisions.
func (s *site) decide(r *http.Request) (to, done string, err error) {
	get := func(name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }
	ctx, by, to := r.Context(), s.by(r), local(get("back"))
	if to == "/" {
		to = "/decisions"
	}
	verdict := dateline.Verdict(get("verdict"))
	pair := [2]string{get("a"), get("b")}
	switch what := get("do"); what {
	case "speakers", "stories", "reports":
		if verdict != dateline.Same && verdict != dateline.Differ {
			return to, "", badRequest("verdict", "verdict is same or differ")
		}
		if pair[0] == "" || pair[1] == "" {
			return to, "", newProblem(http.StatusBadRequest, "This cannot be kept", "two are named, and one of them is missing")
		}
		if what == "speakers" {
			_, _, err = s.editor.DecideSpeakers(ctx, dateline.ParseSpeakerRef(pair[0]), dateline.ParseSpeakerRef(pair[1]), verdict, by)
			return to, "kept", err
		}
		level := dateline.StoryLevel
		if what == "reports" {
			level = dateline.ReportLevel
		}
		_, _, err = s.editor.DecideGroups(ctx, level, pair, verdict, by)
	case "field":
		var values []string
		for line := range strings.SplitSeq(strings.ReplaceAll(r.PostForm.Get("value"), "\r\n", "\n"), "\n") {
			if line = strings.TrimSpace(line); line != "" {
				values = append(values, line)
			}
		}
		_, err = s.editor.CorrectField(ctx, get("ref"), get("field"), values, get("why"), by)
	case "speaker":
		n, _ := strconv.Atoi(get("number")) // 0 is no statement
		_, err = s.editor.CorrectSpeaker(ctx, get("ref"), n, get("name"), get("why"), by)
	case "withdraw":
		_, err = s.editor.Withdraw(ctx, get("ref"), get("why"), by)
	case "undo":
		_, err = s.editor.Undo(ctx, answer.CorrectionKey(get("key")), by)
		done = "undone"
	default:
		return to, "", badRequest("do", "%q is nothing that can be decided", what)
	}
	if err != nil {
		return to, "", err
	}
	switch err := s.editor.Settle(ctx); {
	case errors.Is(err, archive.ErrLater):
		return to, "later", nil
	case err != nil:
		return to, "", err
	case done == "":
		done = "kept"
	}
	return to, done, nil
}

// decisions answers /decisions: what users have decided, each with the form that takes it
// back.
func (s *site) decisions(r *http.Request) (view, error) {
	list, err := answer.NewDecisions(r.Context(), s.archive)
	if err != nil {
		return view{}, err
	}
	return view{Title: "Decisions", Answer: list, Page: list}, nil
}

// correctPage is what the page of an article's forms shows.
type correctPage struct {
	Record     *dateline.Article
	Fields     []correctable
	Statements []correctableStatement
	Holds      []answer.Correction // of this article
	Withdrawn  bool
}

// A correctable is a field with what it holds, a value a line.
type correctable struct {
	Name, Value string
	Lines       int // of the box; more than 1 where a field has several values
	Hint        string
}

// A correctableStatement is a statement with who makes it.
type correctableStatement struct {
	N           int
	Words, Name string
}

// mostCorrectable bounds the statements that the page of forms lists.
const mostCorrectable = 200

// correct answers /article/ID/correct: the forms by which an article is set right.
func (s *site) correct(r *http.Request) (view, error) {
	ctx := r.Context()
	art, err := s.archive.Article(ctx, dateline.ArticleID(key(r, "id")))
	if err != nil {
		return view{}, fmt.Errorf("article %s: %w", key(r, "id"), err)
	}
	corrections, err := s.archive.Corrections(ctx)
	if err != nil {
		return view{}, err
	}
	p := &correctPage{Record: art, Holds: []answer.Correction{}, Withdrawn: strings.HasPrefix(art.Skip, dateline.SkipWithdrawn)}
	for _, c := range corrections {
		if c.Article == art.ID || c.Capture == art.Capture {
			p.Holds = append(p.Holds, answer.NewCorrection(c))
		}
	}
	if art.Skip == "" {
		for _, f := range dateline.CorrectableFields {
			x := correctable{Name: f, Value: strings.Join(art.FieldValues(f), "\n"), Lines: 1}
			switch f {
			case "bylines", "tags":
				x.Lines, x.Hint = 3, "one a line"
			case "published", "modified":
				x.Hint = "2024, 2024-03, 2024-03-09 or 2024-03-09T17:30:00+02:00"
			case "type":
				x.Hint = strings.Join(dateline.Types, ", ")
			case "lang":
				x.Hint = "en, de-AT"
			}
			p.Fields = append(p.Fields, x)
		}
		f, err := s.archive.Findings(ctx, art.Capture)
		if errors.Is(err, dateline.ErrNotFound) {
			f, err = &dateline.Findings{}, nil
		}
		if err != nil {
			return view{}, err
		}
		for i := range f.Statements[:min(len(f.Statements), mostCorrectable)] {
			st := &f.Statements[i]
			p.Statements = append(p.Statements, correctableStatement{i + 1, brief(st.Words(art)), st.Name(art)})
		}
	}
	shown := &answer.Decisions{Decisions: []answer.Decision{}, Corrections: p.Holds}
	return view{Title: "Set right", Answer: shown, Page: p}, nil
}
