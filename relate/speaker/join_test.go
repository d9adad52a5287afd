package speaker_test

import (
	"fmt"
	"strings"
	"testing"

	"dateline"
	"dateline/relate/speaker"
)

// statement returns a statement "NAME: WORDS" of an article, with hints of the
// form "role=…", "tag=…", "person=…", "place=…", "outlet=…", "day=…".
func statement(article, statement string, hints ...string) speaker.Statement {
	name, words, _ := strings.Cut(statement, ": ")
	a := &dateline.Article{ID: dateline.ArticleID(article), Capture: dateline.CaptureID("c" + article), Text: words, Published: "2022-02-10"}
	s := dateline.Statement{Content: []dateline.Span{{Start: 0, End: len(words)}}, Kind: "direct", Who: name}
	if strings.ToLower(name) == name { // no name, but what the text calls the speaker
		a.Text += " " + name
		s.Who, s.Speaker = "", []dateline.Span{{Start: len(words) + 1, End: len(a.Text)}}
	}
	f := &dateline.Findings{}
	for _, h := range hints {
		kind, value, _ := strings.Cut(h, "=")
		switch kind {
		case "role":
			s.Role = value
		case "called": // the role as a mention has it
			f.Mentions = append(f.Mentions, dateline.Mention{Kind: "person", Entity: name, Role: &dateline.Role{Words: dateline.Words{Text: value}}})
		case "tag":
			a.Tags = append(a.Tags, value)
		case "outlet":
			a.Publisher.Name = value
		case "day":
			a.Published = dateline.Date(value)
		case "on":
			s.On = dateline.Date(value)
		default:
			f.Mentions = append(f.Mentions, dateline.Mention{Kind: kind, Entity: value})
		}
	}
	f.Statements = []dateline.Statement{s}
	return speaker.Statement{Article: a, Findings: f, N: 1}
}

// joined returns the articles of each speaker.
func joined(statements []speaker.Statement, decisions ...dateline.Decision) string {
	var list []string
	for _, s := range speaker.Join(statements, decisions) {
		var articles []string
		for _, r := range s.Statements {
			articles = append(articles, string(r.Article.ID))
		}
		list = append(list, strings.Join(articles, "+"))
	}
	return strings.Join(list, " ")
}

func TestJoin(t *testing.T) {
	for _, test := range []struct {
		name       string
		statements []speaker.Statement
		want       string
	}{
		{"a role agrees", []speaker.Statement{
			statement("1", "Ana Lima: yes", "role=Harbour Master"), statement("2", "ANA LIMA: no", "role=harbour  master"), statement("3", "Ana Lima: no", "role=poet")}, "1+2 3"},
		{"a role of a mention agrees", []speaker.Statement{
			statement("1", "Ana Lima: yes", "role=harbour master"), statement("2", "Ana Lima: no", "called=harbour master")}, "1+2"},
		{"a tag agrees", []speaker.Statement{
			statement("1", "Ana Lima: yes", "tag=Ferries"), statement("2", "Ana Lima: no", "tag=ferries"), statement("3", "Ana Lima: no", "tag=poems")}, "1+2 3"},
		{"another name agrees", []speaker.Statement{
			statement("1", "Ana Lima: yes", "person=Tom Reyes"), statement("2", "Ana Lima: no", "person=Tom Reyes"), statement("3", "Ana Lima: no", "org=Port Authority"), statement("4", "Ana Lima: no", "org=Port Authority")}, "1+2 3+4"},
		{"one leads to another", []speaker.Statement{
			statement("1", "Ana Lima: yes", "tag=a"), statement("2", "Ana Lima: no", "tag=b"), statement("3", "Ana Lima: no", "tag=a", "tag=b")}, "1+2+3"},
		{"a place is too little", []speaker.Statement{
			statement("1", "Ana Lima: yes", "place=Tarsk"), statement("2", "Ana Lima: no", "place=Tarsk")}, "1 2"},
		{"the name itself is too little", []speaker.Statement{
			statement("1", "Ana Lima: yes", "person=Ana Lima"), statement("2", "Ana Lima: no", "person=Ana Lima")}, "1 2"},
		{"one word is too little", []speaker.Statement{
			statement("1", "Lima: yes", "role=minister", "tag=a"), statement("2", "Lima: no", "role=minister", "tag=a"),
			statement("3", "The Kremlin: no", "tag=a"), statement("4", "the Kremlin: no", "tag=a"), statement("5", "J. Lima: no", "tag=a"), statement("6", "J. Lima: no", "tag=a")}, "1 2 3 4 5 6"},
		{"no name is too little", []speaker.Statement{
			statement("1", "two diplomats: yes", "tag=a"), statement("2", "two diplomats: no", "tag=a")}, "1 2"},
		{"names differ", []speaker.Statement{
			statement("1", "Ana Lima: yes", "tag=a"), statement("2", "Ana Maria Lima: no", "tag=a")}, "1 2"},
		{"one article", []speaker.Statement{
			statement("1", "Lima: yes"), statement("1", "Lima: no"), statement("2", "Lima: no")}, "1+1 2"},
		{"none", nil, ""},
	} {
		if got := joined(test.statements); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// ref reads "NAME" or "NAME@ARTICLE".
func ref(s string) dateline.SpeakerRef {
	name, article, _ := strings.Cut(s, "@")
	return dateline.SpeakerRef{Name: name, Article: dateline.ArticleID(article)}
}

func decision(verdict dateline.Verdict, a, b string) dateline.Decision {
	return dateline.Decision{A: ref(a), B: ref(b), Verdict: verdict}
}

func TestDecisions(t *testing.T) {
	kremlin := []speaker.Statement{statement("1", "Kremlin: a"), statement("2", "the Kremlin: b"), statement("3", "Kremlin: c")}
	lima := []speaker.Statement{statement("1", "Ana Lima: a", "tag=x"), statement("2", "Ana Lima: b", "tag=x"), statement("3", "Ana Lima: c", "tag=x"), statement("4", "A. Lima: d")}
	for _, test := range []struct {
		name       string
		statements []speaker.Statement
		decisions  []dateline.Decision
		want       string
	}{
		{"names", kremlin, []dateline.Decision{decision("same", "Kremlin", "the kremlin")}, "1+2+3"},
		{"one name", kremlin, []dateline.Decision{decision("same", "Kremlin", "Kremlin")}, "1+3 2"},
		{"articles", kremlin, []dateline.Decision{decision("same", "Kremlin@3", "the Kremlin@2")}, "1 2+3"},
		{"taken back", kremlin, []dateline.Decision{decision("", "Kremlin", "the Kremlin")}, "1 2 3"},
		{"none", lima, nil, "1+2+3 4"},
		{"split one", lima, []dateline.Decision{decision("differ", "Ana Lima@2", "Ana Lima")}, "1+3 2 4"},
		{"split two", lima, []dateline.Decision{decision("differ", "Ana Lima@1", "Ana Lima@3")}, "1+2 3 4"},
		{"split all", lima, []dateline.Decision{decision("differ", "Ana Lima", "Ana Lima")}, "1 2 3 4"},
		{"join and split", lima, []dateline.Decision{decision("same", "Ana Lima", "A. Lima"), decision("differ", "A. Lima@4", "Ana Lima@2")}, "1+2+3 4"},
		{"the exact one weighs more", lima, []dateline.Decision{decision("differ", "Ana Lima", "Ana Lima"), decision("same", "Ana Lima@1", "Ana Lima@3")}, "1+3 2 4"},
		{"differ is no bridge", lima, []dateline.Decision{decision("differ", "Ana Lima@2", "Ana Lima@1"), decision("differ", "Ana Lima@2", "Ana Lima@3")}, "1+3 2 4"},
	} {
		if got := joined(test.statements, test.decisions...); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestDecide(t *testing.T) {
	var log []dateline.Decision
	decide := func(v dateline.Verdict, a, b, want string) {
		t.Helper()
		d, undone := speaker.Decide(log, ref(a), ref(b), v)
		if got := fmt.Sprintf("%s|%s|%s|%t", d.A, d.B, d.Verdict, undone); got != want {
			t.Errorf("%s %s %s: %s, want %s", v, a, b, got, want)
		}
		for i := range log {
			if log[i].Key() == d.Key() {
				log[i] = d
				return
			}
		}
		log = append(log, d)
	}
	decide("same", "Kremlin", "the Kremlin", "Kremlin|the Kremlin|same|false")
	decide("same", "THE KREMLIN", "kremlin", "Kremlin|the Kremlin|same|false")
	decide("differ", "the kremlin", "Kremlin", "Kremlin|the Kremlin||true")
	decide("differ", "the kremlin", "Kremlin", "Kremlin|the Kremlin|differ|false")
	decide("same", "Kremlin", "the Kremlin", "Kremlin|the Kremlin||true")
	decide("differ", "Kremlin@1", "the Kremlin", "Kremlin@1|the Kremlin|differ|false")
	if len(log) != 2 {
		t.Errorf("%d decisions, want 2: %v", len(log), log)
	}
}

func TestKey(t *testing.T) {
	for name, want := range map[string]string{
		"Josep Borrell":    "josep-borrell",
		"Łódź  Rail, S.A.": "lodz-rail-s-a",
		"Sofia Rao-Reyes":  "sofia-rao-reyes",
		"…":                "",
		"外交部":              "外交部",
	} {
		if got := speaker.Key(name); got != want {
			t.Errorf("Key(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestAnonymous(t *testing.T) {
	for name, want := range map[string]bool{"He": true, "they": true, "Wir": true, "the nurse": false, "Who at the ministry": false, "Lima": false, "": false} {
		if got := speaker.Anonymous(name); got != want {
			t.Errorf("Anonymous(%q) = %t, want %t", name, got, want)
		}
	}
}

func TestSayings(t *testing.T) {
	long := "Lima: We are still searching for the living, every hour counts and the water is cold"
	for _, test := range []struct {
		name       string
		statements []speaker.Statement
		want       string // words of each saying, and its outlets
	}{
		{"the same", []speaker.Statement{statement("1", "Lima: We will be late.", "outlet=A"), statement("2", "Lima: we will be LATE", "outlet=B")}, "We will be late. [A B]"},
		{"short ones have to be equal", []speaker.Statement{statement("1", "Lima: Not now", "outlet=A"), statement("2", "Lima: not now!", "outlet=B"), statement("3", "Lima: Not yet", "outlet=C")}, "Not now [A B]; Not yet [C]"},
		{"a word differs", []speaker.Statement{
			statement("1", long, "outlet=A"), statement("2", strings.Replace(long, "still ", "", 1), "outlet=B")},
			strings.TrimPrefix(long, "Lima: ") + " [A B]"},
		{"cut, and the longest shown", []speaker.Statement{
			statement("1", "Lima: we are still searching for the living", "outlet=B"), statement("2", long, "outlet=A")},
			strings.TrimPrefix(long, "Lima: ") + " [A B]"},
		{"a number differs", []speaker.Statement{
			statement("1", "Lima: at least seven or perhaps 7 people of the crew are still missing", "outlet=A"), statement("2", "Lima: at least seven or perhaps 9 people of the crew are still missing", "outlet=B")},
			"at least seven or perhaps 7 people of the crew are still missing [A]; at least seven or perhaps 9 people of the crew are still missing [B]"},
		{"a negation differs", []speaker.Statement{
			statement("1", long, "outlet=A"), statement("2", strings.Replace(long, "We are still", "We are not still", 1), "outlet=B")},
			strings.TrimPrefix(long, "Lima: ") + " [A]; " + strings.TrimPrefix(strings.Replace(long, "We are still", "We are not still", 1), "Lima: ") + " [B]"},
		{"cut before a negation", []speaker.Statement{
			statement("1", long+" and we will not stop now or ever until all of them are here", "outlet=A"), statement("2", long, "outlet=B")},
			strings.TrimPrefix(long, "Lima: ") + " and we will not stop now or ever until all of them are here [A B]"},
		{"only the subject is the same", []speaker.Statement{
			statement("1", "Lima: the ferry will sail again from the old quay in March", "outlet=A"), statement("2", "Lima: the ferry will not sail before the new quay is built", "outlet=B")},
			"the ferry will sail again from the old quay in March [A]; the ferry will not sail before the new quay is built [B]"},
		{"newest first", []speaker.Statement{
			statement("1", "Lima: one two three four", "day=2022-02-10", "outlet=A"), statement("2", "Lima: five six seven", "day=2022-02-12", "outlet=B"),
			statement("3", "Lima: one two three four", "day=2022-02-13", "outlet=C"), statement("4", "Lima: eight nine", "day=2022-02-14", "on=2022-02-01", "outlet=D")},
			"five six seven [B]; one two three four [A C]; eight nine [D]"},
	} {
		var got []string
		for _, s := range speaker.Sayings(test.statements) {
			var outlets []string
			for _, r := range s.Statements {
				outlets = append(outlets, r.Outlet())
			}
			got = append(got, fmt.Sprintf("%s %s", s.Statements[0].Said(), outlets))
		}
		if got := strings.Join(got, "; "); got != test.want {
			t.Errorf("%s:\n got %q\nwant %q", test.name, got, test.want)
		}
	}
}
