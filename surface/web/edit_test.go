package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"dateline"
	"dateline/archive"
	"dateline/surface/web"
)

// decided is an editor that notes what it is asked to do.
type decided struct {
	did   []string
	later bool
}

func (d *decided) note(format string, args ...any) {
	d.did = append(d.did, fmt.Sprintf(format, args...))
}

func (d *decided) DecideSpeakers(_ context.Context, x, y dateline.SpeakerRef, v dateline.Verdict, by string) (dateline.Decision, bool, error) {
	d.note("speakers %s %s %s by %s", x, v, y, by)
	return dateline.Decision{}, false, nil
}

func (d *decided) DecideGroups(_ context.Context, level dateline.Level, refs [2]string, v dateline.Verdict, by string) (dateline.Decision, bool, error) {
	if refs[0] == refs[1] {
		return dateline.Decision{}, false, archive.ErrAlready
	}
	d.note("%s %v %s by %s", level, refs, v, by)
	return dateline.Decision{}, false, nil
}

func (d *decided) CorrectField(_ context.Context, ref, field string, value []string, why, by string) (dateline.Correction, error) {
	c := dateline.Correction{Kind: dateline.CorrectField, Article: "a", Field: field, Value: value}
	d.note("%s %q because %q by %s", field, value, why, by)
	return c, c.Check()
}

func (d *decided) CorrectSpeaker(_ context.Context, ref string, number int, name, _, by string) (dateline.Correction, error) {
	d.note("statement %d of %s is by %s, says %s", number, ref, name, by)
	return dateline.Correction{}, nil
}

func (d *decided) Withdraw(_ context.Context, ref, why, by string) ([]dateline.Correction, error) {
	d.note("hide %s because %q by %s", ref, why, by)
	return nil, nil
}

func (d *decided) Undo(_ context.Context, key, by string) (dateline.Correction, error) {
	d.note("undo %q by %s", key, by)
	return dateline.Correction{}, nil
}

func (d *decided) Settle(context.Context) error {
	if d.later {
		return archive.ErrLater
	}
	return nil
}

func (d *decided) KeepAlert(_ context.Context, a dateline.Alert) (dateline.Alert, error) {
	d.note("alert %s: %s on %v to %v", a.Name, a.Query, a.On, a.Recipients())
	if a.Webhook != "" {
		a.Name, a.Secret = "the harbour", "whsec_secret"
	}
	return a, nil
}

func (d *decided) TakeAlert(_ context.Context, name string) error {
	d.note("take %s", name)
	return nil
}
func (d *decided) TestAlert(_ context.Context, name string) error {
	d.note("test %s", name)
	return nil
}
func (d *decided) RetryAlert(_ context.Context, name string) error {
	d.note("retry %s", name)
	return nil
}

func post(address string, values ...string) *http.Request {
	form := url.Values{}
	for i := 0; i+1 < len(values); i += 2 {
		form.Add(values[i], values[i+1])
	}
	r := httptest.NewRequest("POST", address, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

// Each form does what it says, notes who, and leads back.
func TestDecisionForms(t *testing.T) {
	for _, test := range []struct {
		request  *http.Request
		did      string
		location string
	}{
		{post("/decisions", "do", "speakers", "verdict", "same", "a", "Vera Lind", "b", "V. Lind@a0123456789abcdef", "back", "/speaker/vera-lind?all=1"),
			"speakers Vera Lind same V. Lind@a0123456789abcdef by ana", "/speaker/vera-lind?all=1&done=kept"},
		{post("/decisions", "do", "stories", "verdict", "differ", "a", "a1", "b", "a2", "back", "https://evil.example/"), "story [a1 a2] differ by ana", "/decisions?done=kept"},
		{post("/decisions", "do", "reports", "verdict", "differ", "a", "a1", "b", "a2", "back", "/story/a1?done=kept"), "copy [a1 a2] differ by ana", "/story/a1?done=kept"},
		{post("/decisions", "do", "stories", "verdict", "same", "a", "a1", "b", "a1", "back", "/story/a1"), "", "/story/a1?done=so"},
		{post("/decisions", "do", "field", "ref", "c1", "field", "bylines", "value", "Ada Lund\r\n\r\n Ben Ossa ", "why", "misread", "back", "/decisions"),
			`bylines ["Ada Lund" "Ben Ossa"] because "misread" by ana`, "/decisions?done=kept"},
		{post("/decisions", "do", "speaker", "ref", "c1", "number", "3", "name", "Ole Berg", "back", "/decisions"), "statement 3 of c1 is by Ole Berg, says ana", "/decisions?done=kept"},
		{post("/decisions", "do", "withdraw", "ref", "c1", "why", "names a minor", "back", "/decisions"), `hide c1 because "names a minor" by ana`, "/decisions?done=kept"},
		{post("/decisions", "do", "undo", "key", "field a1 headline", "back", "/decisions"), `undo "field\na1\nheadline" by ana`, "/decisions?done=undone"},
		{post("/alerts", "name", "wick", "q", "harbour", "on", "article", "on", "change", "mail", "a@b.example, c@d.example"),
			"alert wick: harbour on [article change] to [mailto:a@b.example mailto:c@d.example]", "/alert/wick?done=kept"},
		{post("/alert/the%20harbour/remove"), "take the harbour", "/alerts?done=gone"},
		{post("/alert/the%20harbour/test"), "test the harbour", "/alert/the%20harbour?done=tested"},
		{post("/alert/the%20harbour/retry"), "retry the harbour", "/alert/the%20harbour?done=again"},
	} {
		d := &decided{}
		o := options
		o.Editor, o.User = d, "ana"
		res := ask(web.New(sample(), o), test.request)
		if got := strings.Join(d.did, "; "); res.StatusCode != http.StatusSeeOther || got != test.did || res.Header.Get("Location") != test.location {
			t.Errorf("%s: %s to %s, did %q, want %q and %s\n%s", test.request.URL, res.Status, res.Header.Get("Location"), got, test.did, test.location, res.body)
		}
		if res.Header.Get("Location") != test.location {
			continue
		}
		if page := get(t, sample(), test.location); page.StatusCode == http.StatusOK && !strings.Contains(page.body, `role="status"`) {
			t.Errorf("%s does not say what was done", test.location)
		}
	}
}

// The secret of a webhook stands in the answer to its form, and in no page later.
func TestSecretOnce(t *testing.T) {
	o := options
	o.Editor = &decided{}
	h := web.New(sample(), o)
	res := ask(h, post("/alerts", "name", "x", "q", "harbour", "webhook", "https://hooks.example/x"))
	if res.StatusCode != http.StatusOK || !strings.Contains(res.body, "whsec_secret") || res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the answer to the form: %s\n%s", res.Status, res.body)
	}
	for _, address := range []string{"/alerts", "/alerts.json", "/alert/the%20harbour", "/alert/the%20harbour.json", "/alert/the%20harbour/feed.atom"} {
		res := ask(h, httptest.NewRequest("GET", address, nil))
		if res.StatusCode != http.StatusOK || strings.Contains(res.body, "whsec_") || strings.Contains(res.body, "hooks.example/secret") || strings.Contains(res.body, `href="javascript:`) {
			t.Errorf("%s: %s, and tells a secret or leads to a script:\n%s", address, res.Status, res.body)
		}
	}
}

// Forms of other sites, of accounts that may only read, of nobody, and such as nobody has
// made change nothing.
func TestFormsRefused(t *testing.T) {
	d := &decided{}
	o, tokens := withAccounts(t)
	o.Editor = d
	h := web.New(sample(), o)
	good := func() *http.Request {
		return post("/decisions", "do", "withdraw", "ref", "c1", "why", "x", "back", "/decisions")
	}
	for name, test := range map[string]struct {
		change func(*http.Request)
		want   int
	}{
		"of nobody":   {func(*http.Request) {}, http.StatusUnauthorized},
		"of a reader": {func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+tokens["ana"]) }, http.StatusForbidden},
		"of other site": {func(r *http.Request) {
			r.Header.Set("Authorization", "Bearer "+tokens["bo"])
			r.Header.Set("Sec-Fetch-Site", "cross-site")
		}, http.StatusForbidden},
		"of another origin": {func(r *http.Request) {
			r.Header.Set("Authorization", "Bearer "+tokens["bo"])
			r.Header.Set("Origin", "https://evil.example")
		}, http.StatusForbidden},
	} {
		r := good()
		test.change(r)
		if res := ask(h, r); res.StatusCode != test.want || len(d.did) > 0 {
			t.Errorf("a form %s: %s and %q, want %d and nothing done", name, res.Status, d.did, test.want)
		}
	}
	r := good()
	r.Header.Set("Authorization", "Bearer "+tokens["bo"])
	if res := ask(h, r); res.StatusCode != http.StatusSeeOther || len(d.did) != 1 || !strings.HasSuffix(d.did[0], "by bo") {
		t.Errorf("a form of an editor: %s and %q", res.Status, d.did)
	}
	o = options
	o.Editor = &decided{}
	h = web.New(sample(), o)
	for _, r := range []*http.Request{
		post("/decisions", "do", "nothing"), post("/decisions", "do", "speakers", "verdict", "perhaps", "a", "x", "b", "y"),
		post("/decisions", "do", "stories", "verdict", "same", "a", "x"), post("/decisions", "do", "field", "field", "bylines", "value", strings.Repeat("x", 100_000)),
	} {
		if res := ask(h, r); res.StatusCode != http.StatusBadRequest {
			t.Errorf("a broken form: %s, want 400\n%s", res.Status, res.body)
		}
	}
	if res := ask(web.New(sample(), options), good()); res.StatusCode != http.StatusForbidden {
		t.Errorf("a form where nothing can be changed: %s", res.Status)
	}
}

// What takes effect later says so.
func TestLater(t *testing.T) {
	o := options
	o.Editor = &decided{later: true}
	res := ask(web.New(sample(), o), post("/decisions", "do", "withdraw", "ref", "c1", "why", "x", "back", "/decisions"))
	if got := res.Header.Get("Location"); got != "/decisions?done=later" {
		t.Errorf("leads to %s", got)
	}
}

// The pages show forms where something can be changed, and else none.
func TestFormsShown(t *testing.T) {
	m := sample()
	m.corrected = []dateline.Correction{{Kind: dateline.CorrectField, Article: m.versions[0].ID, Field: "headline", Was: []string{"<i>old</i>"}, Value: []string{"new"}, By: "ana", At: "2024-03-01T08:00:00Z"}}
	id := string(m.versions[0].ID)
	o := options
	o.Editor = &decided{}
	for _, address := range []string{"/article/" + id + "/correct", "/decisions", "/alerts", "/alert/the%20harbour", "/story/" + id, "/speaker/ilse-marten"} {
		with, without := ask(web.New(m, o), httptest.NewRequest("GET", address, nil)), get(t, m, address)
		if !strings.Contains(with.body, `method="post"`) || strings.Contains(without.body, `method="post"`) {
			t.Errorf("%s: forms shown: %t with an editor and %t without", address, strings.Contains(with.body, `method="post"`), strings.Contains(without.body, `method="post"`))
		}
		if strings.Contains(with.body, "<i>old</i>") {
			t.Errorf("%s shows markup of a correction as such", address)
		}
	}
}

// An article in which nothing was looked for can be set right, too.
func TestCorrectWithoutFindings(t *testing.T) {
	m := sample()
	clear(m.findings)
	o := options
	o.Editor = &decided{}
	res := ask(web.New(m, o), httptest.NewRequest("GET", "/article/"+string(m.versions[0].ID)+"/correct", nil))
	if res.StatusCode != http.StatusOK || !strings.Contains(res.body, `value="headline"`) {
		t.Errorf("%s, without the form of the headline:\n%s", res.Status, res.body)
	}
}
