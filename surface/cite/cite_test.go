package cite_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"dateline"
	"dateline/surface/cite"
)

// letter is an article with two statements: the first broken in two, the
// second reported.
func letter() (*dateline.Article, []dateline.Statement) {
	a := &dateline.Article{
		ID: "a0123456789abcdef", Capture: "c4f2kq9m1n0p3r5t7", URL: "https://wire.example/a/7?x=1&y={2}", Canonical: "https://wire.example/a/7",
		Fetched: "2022-02-11T08:00:05Z", Payload: "sha256:0f1e", Headline: "Borrell answers Lavrov’s letter: 100% “one” answer",
		Bylines: []string{"Zoë Müller", "Smith and Sons, Ltd"}, Published: "2022-02-10T23:30:00-05:00", Lang: "en-GB",
		Publisher: dateline.Publisher{Name: "Example & Wire", Site: "wire.example"},
		Text: "🙂 Über alles: “I sent one answer,” Mr Borrell tweeted, “in the name of all.”\n\n" +
			"Reportedly one answer had been promised, Bloomberg said.",
	}
	span := func(words string) dateline.Span {
		i := strings.Index(a.Text, words)
		return dateline.Span{Start: i, End: i + len(words)}
	}
	return a, []dateline.Statement{
		{Content: []dateline.Span{span("I sent one answer,"), span("in the name of all.")}, Kind: "direct", Who: "Josep Borrell",
			Role: "EU foreign policy chief", Medium: "tweet", To: []string{"Sergey Lavrov"}, On: "2022-02-10", Rule: "quote/test"},
		{Content: []dateline.Span{span("one answer had been promised")}, Kind: "indirect", Via: []string{"Bloomberg"}, Hedge: "Reportedly", Rule: "quote/test"},
	}
}

func TestText(t *testing.T) {
	a, statements := letter()
	for i, want := range []string{
		"Josep Borrell, EU foreign policy chief (tweet; to Sergey Lavrov; 10 February 2022): “I sent one answer, … in the name of all.” " +
			"Zoë Müller, Smith and Sons, Ltd, “Borrell answers Lavrov’s letter: 100% “one” answer”, Example & Wire, 10 February 2022. " +
			"https://wire.example/a/7?x=1&y={2} (captured 2022-02-11T08:00:05Z, sha256:0f1e, capture c4f2kq9m1n0p3r5t7).\n",
		"Speaker not named (according to Bloomberg; Reportedly; as reported): “one answer had been promised” " +
			"Zoë Müller, Smith and Sons, Ltd, “Borrell answers Lavrov’s letter: 100% “one” answer”, Example & Wire, 10 February 2022. " +
			"https://wire.example/a/7?x=1&y={2} (captured 2022-02-11T08:00:05Z, sha256:0f1e, capture c4f2kq9m1n0p3r5t7).\n",
	} {
		c := cite.New(a, &statements[i])
		if got := c.Text(); got != want+c.Highlight+"\n" {
			t.Errorf("statement %d\n got %s\nwant %s and %s", i, got, want, c.Highlight)
		}
	}
}

func TestBibTeX(t *testing.T) {
	a, statements := letter()
	const want = `@misc{borrell2022-4f2kq9-21,
  author       = {Müller, Zoë and {Smith and Sons, Ltd}},
  title        = {Borrell answers Lavrov’s letter: 100\% “one” answer},
  howpublished = {Example \& Wire},
  year         = {2022},
  month        = feb,
  day          = {10},
  url          = {https://wire.example/a/7?x=1&y=%7B2%7D},
  urldate      = {2022-02-11},
  abstract     = {I sent one answer, … in the name of all.},
  note         = {Statement by Josep Borrell, EU foreign policy chief (tweet; to Sergey Lavrov; 10 February 2022); captured 2022-02-11T08:00:05Z, sha256:0f1e, capture c4f2kq9m1n0p3r5t7}
}
`
	if got := cite.New(a, &statements[0]).BibTeX(); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestRIS(t *testing.T) {
	a, statements := letter()
	want := strings.ReplaceAll(`TY  - NEWS
ID  - borrell2022-4f2kq9-21
AU  - Müller, Zoë
AU  - Smith and Sons Ltd
TI  - Borrell answers Lavrov’s letter: 100% “one” answer
T2  - Example & Wire
PY  - 2022
DA  - 2022/02/10/
Y2  - 2022/02/11/
LA  - en-GB
AB  - I sent one answer, … in the name of all.
N1  - Statement by Josep Borrell, EU foreign policy chief (tweet; to Sergey Lavrov; 10 February 2022); captured 2022-02-11T08:00:05Z, sha256:0f1e, capture c4f2kq9m1n0p3r5t7
UR  - https://wire.example/a/7?x=1&y=%7B2%7D
AN  - c4f2kq9m1n0p3r5t7
ER  - `, "\n", "\r\n") + "\r\n"
	if got := cite.New(a, &statements[0]).RIS(); got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestCSL(t *testing.T) {
	a, statements := letter()
	var items []map[string]any
	text := format(t, "csl").Write(cite.New(a, &statements[0]), cite.New(a, &statements[1]))
	if err := json.Unmarshal([]byte(text), &items); err != nil || len(items) != 2 {
		t.Fatalf("%v in %s", err, text)
	}
	for key, want := range map[string]any{
		"id": "borrell2022-4f2kq9-21", "type": "article-newspaper", "container-title": "Example & Wire",
		"title": a.Headline, "URL": "https://wire.example/a/7?x=1&y=%7B2%7D", "language": "en-GB",
		"abstract": "I sent one answer, … in the name of all.",
		"issued":   map[string]any{"date-parts": []any{[]any{2022.0, 2.0, 10.0}}},
		"accessed": map[string]any{"date-parts": []any{[]any{2022.0, 2.0, 11.0}}},
		"author":   []any{map[string]any{"family": "Müller", "given": "Zoë"}, map[string]any{"literal": "Smith and Sons, Ltd"}},
	} {
		got, _ := json.Marshal(items[0][key])
		if want, _ := json.Marshal(want); string(got) != string(want) {
			t.Errorf("%s is %s, want %s", key, got, want)
		}
	}
}

// format returns the format of the given name.
func format(t *testing.T, name string) cite.Format {
	t.Helper()
	for _, f := range cite.Formats() {
		if f.Name == name {
			return f
		}
	}
	t.Fatalf("no format %s", name)
	return cite.Format{}
}

// TestWriteSeveral writes files of several citations.
func TestWriteSeveral(t *testing.T) {
	a, statements := letter()
	one, two := cite.New(a, &statements[0]), cite.New(a, &statements[1])
	for name, mark := range map[string]string{"text": "capture c4f2kq9m1n0p3r5t7).\n", "bibtex": "@misc{", "ris": "\r\nER  - \r\n", "csl": `"id": "`, "annotation": `"type": "Annotation"`} {
		f := format(t, name)
		if n := strings.Count(f.Write(one, two), mark); n != 2 {
			t.Errorf("%s: %d times %q in\n%s", name, n, mark, f.Write(one, two))
		}
	}
	if got := format(t, "csl").Write(); strings.Join(strings.Fields(got), "") != "[]" {
		t.Errorf("no citations are %q in CSL-JSON", got)
	}
}

// Several annotations are one page of them, in JSON that can be read.
func TestAnnotationPage(t *testing.T) {
	a, statements := letter()
	var page struct {
		Context, ID, Type string
		Items             []struct{ Type, ID string }
	}
	text := format(t, "annotation").Write(cite.New(a, &statements[0]), cite.New(a, &statements[1]), cite.NewArticle(a))
	text = strings.Replace(text, "@context", "context", 1)
	if err := json.Unmarshal([]byte(text), &page); err != nil {
		t.Fatal(err)
	}
	if page.Type != "AnnotationPage" || page.Context != "http://www.w3.org/ns/anno.jsonld" || !strings.HasPrefix(page.ID, "urn:uuid:") || len(page.Items) != 3 || page.Items[0].ID == page.Items[2].ID {
		t.Errorf("page: %+v", page)
	}
}

func TestArticle(t *testing.T) {
	a, _ := letter()
	a.Deck, a.Tags = "One for 27", []string{"Letters", "Europe & more"}
	c := cite.NewArticle(a)
	for name, want := range map[string][]string{
		"text": {"Zoë Müller, Smith and Sons, Ltd, “Borrell answers", "10 February 2022. https://wire.example/a/7", "capture c4f2kq9m1n0p3r5t7"},
		"bibtex": {"@misc{muller2022-4f2kq9,", "author       = {Müller, Zoë and {Smith and Sons, Ltd}}", "abstract     = {One for 27}", `keywords     = {Letters, Europe \& more}`,
			"note         = {captured 2022-02-11T08:00:05Z"},
		"ris":        {"ID  - muller2022-4f2kq9", "AB  - One for 27", "KW  - Letters\r\nKW  - Europe & more\r\n"},
		"csl":        {`"id": "muller2022-4f2kq9"`, `"keyword": "Letters, Europe & more"`},
		"annotation": {`"motivation": "bookmarking"`, `"source": "https://wire.example/a/7?x=1&y=%7B2%7D"`},
	} {
		got := format(t, name).Write(c)
		for _, part := range want {
			if !strings.Contains(got, part) {
				t.Errorf("%s has no %q:\n%s", name, part, got)
			}
		}
		if strings.Contains(got, "tatement") || strings.Contains(got, "Speaker not named") {
			t.Errorf("%s of an article speaks of a statement:\n%s", name, got)
		}
	}
}

func TestNames(t *testing.T) {
	for _, test := range []struct{ byline, kind, lang, want string }{
		{"Ana de la Cruz", "person", "es", "de la Cruz, Ana"},
		{"Fouzia Van Der Fort", "person", "nl", "Van Der Fort, Fouzia"},
		{"J. P. Morgan Jr.", "", "en", "Morgan, J. P., Jr."},
		{"Henry Ford, III", "", "en", "Ford, Henry, III"},
		{"Le Thi Quynh", "", "en", "Quynh, Le Thi"}, // a particle is no first word
		{"Duy Linh Dinh", "person", "vi", "Duy Linh Dinh"},
		{"Zoë Müller", "", "de", "Müller, Zoë"},
		{"松岡大地", "person", "ja-JP", "松岡大地"},
		{"The Associated Press", "person", "en", "The Associated Press"}, // many pages call agencies persons
		{"Associated Press", "", "en", "Associated Press"},
		{"Harbour Post", "person", "en", "Harbour Post"}, // the publisher
		{"Der Funke", "person", "de", "Der Funke"},       // its site
		{"Tribune Staff", "person", "en", "Tribune Staff"},
		{"Evening Herald", "", "en", "Evening Herald"},
		{"Emily Post", "person", "en", "Post, Emily"},
		{"Brandt Foundation", "organization", "de", "Brandt Foundation"},
		{"Cher", "person", "en", "Cher"},
		{"Ana Lima and Ben Ossa", "person", "en", "Ana Lima and Ben Ossa"},
		{"dpa/bb", "", "de", "dpa/bb"},
	} {
		a := &dateline.Article{Bylines: []string{test.byline}, Lang: test.lang, Publisher: dateline.Publisher{Name: "Harbour Post", Site: "der-funke.example"},
			Authors: []dateline.Author{{Name: test.byline, Kind: test.kind}}}
		if got := cite.Names(a); len(got) != 1 || got[0].Sorted() != test.want {
			t.Errorf("%s (%s, %s) is %+v, want %s", test.byline, test.kind, test.lang, got, test.want)
		}
	}
}

// An annotation as far as the tests read it.
type annotation struct {
	Context string `json:"@context"`
	ID      string
	Type    string
	Target  []struct {
		Source   any
		Selector json.RawMessage
		State    struct{ SourceDate string }
	}
}

type selector struct {
	Type                  string
	Exact, Prefix, Suffix string
	Start, End            int
}

// TestAnnotation finds the words again by each of the selectors.
func TestAnnotation(t *testing.T) {
	a, statements := letter()
	runes := []rune(a.Text)
	for i, s := range statements {
		c := cite.New(a, &s)
		var got annotation
		if err := json.Unmarshal([]byte(c.Annotation()), &got); err != nil {
			t.Fatal(err)
		}
		if got.Context != "http://www.w3.org/ns/anno.jsonld" || got.Type != "Annotation" ||
			!regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(got.ID) {
			t.Errorf("statement %d: %q is %q in %q", i, got.ID, got.Type, got.Context)
		}
		if len(got.Target) != 2*len(s.Content) {
			t.Fatalf("statement %d: %d targets, want %d", i, len(got.Target), 2*len(s.Content))
		}
		for k, words := range s.Words(a) {
			page, text := got.Target[2*k], got.Target[2*k+1]
			var quote selector
			if err := json.Unmarshal(page.Selector, &quote); err != nil {
				t.Fatal(err)
			}
			if page.Source != "https://wire.example/a/7?x=1&y=%7B2%7D" || page.State.SourceDate != "2022-02-11T08:00:05Z" ||
				quote.Type != "TextQuoteSelector" || quote.Exact != words || strings.Count(a.Text, quote.Prefix+quote.Exact+quote.Suffix) != 1 {
				t.Errorf("statement %d, part %d of the page: %+v", i, k, page)
			}
			var both []selector
			if err := json.Unmarshal(text.Selector, &both); err != nil || len(both) != 2 || both[0] != quote {
				t.Fatalf("statement %d, part %d of the text: %v, %+v", i, k, err, both)
			}
			if p := both[1]; p.Type != "TextPositionSelector" || string(runes[p.Start:p.End]) != words {
				t.Errorf("statement %d, part %d: %s from %d to %d is %q, want %q", i, k, p.Type, p.Start, p.End, string(runes[p.Start:p.End]), words)
			}
			if name := text.Source.(map[string]any)["id"]; name != "ni:///sha-256;"+digestName(a.Text) {
				t.Errorf("the text is called %v", name)
			}
		}
	}
	one := cite.New(a, &statements[0]).Annotation()
	if again := cite.New(a, &statements[0]).Annotation(); one != again {
		t.Errorf("made twice, the annotation differs:\n%s\n%s", one, again)
	}
}

func TestHighlight(t *testing.T) {
	long := "“" + strings.Repeat("many words, ", 20) + "first end\n\nsecond block – with a-dash & more” he said"
	for _, test := range []struct{ address, text, words, want string }{
		{"https://a.example/1", "He said “no, never” today", "no, never", "#:~:text=no%2C%20never"},
		{"https://a.example/1#top", "a-b & c", "a-b & c", ":~:text=a%2Db%20%26%20c"},
		{"https://a.example/1", "No. He said that no one came. She too: no one came.", "no one came", "#:~:text=He%20said%20that-,no%20one%20came"},
		{"https://a.example/1", "„Größe zählt“", "Größe zählt", "#:~:text=Gr%C3%B6%C3%9Fe%20z%C3%A4hlt"},
		{"https://a.example/1", long, strings.TrimSuffix(strings.TrimPrefix(long, "“"), "” he said"),
			"#:~:text=many%20words%2C%20many%20words%2C%20many,%E2%80%93%20with%20a%2Ddash%20%26%20more"},
		{"dump.txt", "a b", "a b", ""},
	} {
		a := &dateline.Article{URL: test.address, Text: test.text}
		i := strings.Index(test.text, test.words)
		c := cite.New(a, &dateline.Statement{Content: []dateline.Span{{Start: i, End: i + len(test.words)}}, Kind: "direct"})
		want := test.want
		if want != "" {
			want = test.address + want
		}
		if c.Highlight != want {
			t.Errorf("%.40q in %s\n got %s\nwant %s", test.words, test.address, c.Highlight, want)
		}
		if _, err := url.Parse(c.Highlight); err != nil {
			t.Error(err)
		}
	}
	saved := &dateline.Article{URL: "file:///home/pages/1.html", Canonical: "https://a.example/1", Text: "yes"}
	c := cite.New(saved, &dateline.Statement{Content: []dateline.Span{{Start: 0, End: 3}}})
	if c.Address != saved.Canonical || c.Highlight != "https://a.example/1#:~:text=yes" {
		t.Errorf("a saved page is cited as %s, %s", c.Address, c.Highlight)
	}
}

// TestUnknownStaysAbsent cites an article of which nothing is known.
func TestUnknownStaysAbsent(t *testing.T) {
	a := &dateline.Article{Text: "yes"}
	c := cite.New(a, &dateline.Statement{Content: []dateline.Span{{Start: 0, End: 3}}, Kind: "direct"})
	want := map[string]string{
		"text":   "Speaker not named: “yes” .\n",
		"bibtex": "@misc{nd--0,\n  abstract     = {yes},\n  note         = {Statement; Speaker not named}\n}\n",
		"ris":    "TY  - NEWS\r\nID  - nd--0\r\nAB  - yes\r\nN1  - Statement; Speaker not named\r\nER  - \r\n",
	}
	for _, f := range cite.Formats() {
		if w := want[f.Name]; w != "" && f.Write(c) != w {
			t.Errorf("%s\n got %q\nwant %q", f.Name, f.Write(c), w)
		}
	}
	for _, key := range []string{"issued", "accessed", "author", "URL", "title"} {
		if strings.Contains(c.CSL(), `"`+key+`"`) {
			t.Errorf("CSL has %s:\n%s", key, c.CSL())
		}
	}
	if strings.Contains(c.Annotation(), "state") || c.Highlight != "" {
		t.Errorf("annotation or link of a page without address:\n%s\n%s", c.Annotation(), c.Highlight)
	}
}

var risLine = regexp.MustCompile(`^[A-Z][A-Z0-9]  - `)

// FuzzCite puts hostile texts into every field: no format may break.
func FuzzCite(f *testing.F) {
	for _, s := range []string{"}", `\{`, "a\nER  - \nTY  - BOOK", "\r\nAU  - x", "{}}{", "%\n@misc{x,", "$^_~#&\\", "\u2028x", "\x00\x1b[2J", "\xff", "“a” and b, c", "-,&"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a := &dateline.Article{Capture: dateline.CaptureID("c" + s), URL: "https://a.example/" + s, Headline: s, Bylines: []string{s, s}, Text: s + " x " + s,
			Publisher: dateline.Publisher{Name: s}, Published: dateline.Date(s), Fetched: s, Payload: s, Lang: s}
		st := &dateline.Statement{Content: []dateline.Span{{Start: 0, End: len(s)}, {Start: len(s), End: len(s) + 2}, {Start: -1, End: 1 << 40}}, Kind: s, Who: s, Role: s,
			Medium: s, To: []string{s}, On: dateline.Date(s), Via: []string{s}, Hedge: s}
		c := cite.New(a, st)
		depth, bib := 0, c.BibTeX()
		for i, r := range bib {
			switch r {
			case '{':
				depth++
			case '}':
				depth--
			}
			if depth < 0 || depth == 0 && i > 6 && i < len(bib)-2 {
				t.Fatalf("braces do not match at byte %d of %s", i, bib)
			}
		}
		lines := strings.Split(strings.TrimSuffix(c.RIS(), "\r\n"), "\r\n")
		for i, line := range lines {
			if !risLine.MatchString(line) || strings.ContainsAny(line, "\r\n") ||
				strings.HasPrefix(line, "ER") != (i == len(lines)-1) || strings.HasPrefix(line, "TY") != (i == 0) {
				t.Errorf("line %d of RIS is %q", i, line)
			}
		}
		for _, text := range []string{format(t, "csl").Write(c, c), c.Annotation()} {
			if !json.Valid([]byte(text)) {
				t.Errorf("no JSON: %s", text)
			}
		}
		if text := strings.TrimSuffix(c.Text(), c.Highlight+"\n"); strings.Count(text, "\n") != 1 && c.Highlight != "" || strings.ContainsAny(text, "\x00\x1b\r") {
			t.Errorf("text: %q", text)
		}
		for _, q := range c.Quotes {
			if utf8.ValidString(s) && string([]rune(a.Text)[q.Start:q.End]) != q.Exact {
				t.Errorf("quote %+v is not at its place in %q", q, a.Text)
			}
		}
	})
}

func digestName(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
