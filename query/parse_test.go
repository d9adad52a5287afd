package query_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"dateline/index/field"
	"dateline/query"
)

type (
	word   = query.Word
	phrase = query.Phrase
	filter = query.Filter
	bound  = query.Bound
	when   = query.When
	not    = query.Not
	and    = query.And
	or     = query.Or
)

func TestParse(t *testing.T) {
	for _, test := range []struct {
		in   string
		want query.Expr
	}{
		{"", nil},
		{"  \t\n", nil},
		{"answer", word{Text: "answer"}},
		{"minist*", word{Text: "minist", Prefix: true}},
		{"minist**", word{Text: "minist", Prefix: true}},
		{"a b", and{word{Text: "a"}, word{Text: "b"}}},
		{"a AND b", and{word{Text: "a"}, word{Text: "b"}}},
		{"a OR b c", or{word{Text: "a"}, and{word{Text: "b"}, word{Text: "c"}}}},
		{"a OR (b OR c)", or{word{Text: "a"}, word{Text: "b"}, word{Text: "c"}}},
		{"a or b", and{word{Text: "a"}, word{Text: "or"}, word{Text: "b"}}},
		{"ORACLE NOTE ANDES", and{word{Text: "ORACLE"}, word{Text: "NOTE"}, word{Text: "ANDES"}}},
		{`"OR"`, phrase{"OR"}},
		{"-a", not{word{Text: "a"}}},
		{"--a", not{not{word{Text: "a"}}}},
		{"NOT -a", not{not{word{Text: "a"}}}},
		{"NOT(a b)", not{and{word{Text: "a"}, word{Text: "b"}}}},
		{"a -b", and{word{Text: "a"}, not{word{Text: "b"}}}},
		{"a - b", and{word{Text: "a"}, word{Text: "b"}}},
		{"a -& b", and{word{Text: "a"}, word{Text: "b"}}},
		{"well-known", word{Text: "well-known"}},
		{`-"a b"`, not{phrase{"a b"}}},
		{`a"b"c`, and{word{Text: "a"}, phrase{"b"}, word{Text: "c"}}},
		{`"a \"b\" \\ \c"`, phrase{`a "b" \ \c`}},
		{"„a b“", phrase{"a b"}},
		{`“a "b" c”`, phrase{`a "b" c`}},
		{`a "" ( ) b`, and{word{Text: "a"}, word{Text: "b"}}},
		{"((a))", word{Text: "a"}},
		{"tag:russia", filter{"tag", "russia"}},
		{`TAG:"josep borrell"`, filter{"tag", "josep borrell"}},
		{"tag:c++", filter{"tag", "c++"}},
		{"-tag:x", not{filter{"tag", "x"}}},
		{"tag:x(a)", and{filter{"tag", "x"}, word{Text: "a"}}},
		{"after:2022-02-10", bound{"after", "2022-02-10"}},
		{`before:"2022"`, bound{"before", "2022"}},
		{"when:2022-01-28", when{"2022-01-28", "2022-01-28"}},
		{`WHEN:"2021"`, when{"2021", "2021"}},
		{"when:2021-11..2022-01", when{"2021-11", "2022-01"}},
		{"when:2021-11..", when{From: "2021-11"}},
		{"when:..2022", when{To: "2022"}},
		{"-when:2021..2021-02-03", not{when{"2021", "2021-02-03"}}},
		{"said:minist*", filter{"said", "minist*"}},
		{`Said:"one answer" WHO:borrell`, and{filter{"said", "one answer"}, filter{"who", "borrell"}}},
		{`-who:"Josep Borrell"`, not{filter{"who", "Josep Borrell"}}},
		{"http://news.example/a:b", word{Text: "http://news.example/a:b"}},
		{"12:30", word{Text: "12:30"}},
		{"Ukraine: what", and{word{Text: "Ukraine:"}, word{Text: "what"}}},
		{"(Ukraine:) x", and{word{Text: "Ukraine:"}, word{Text: "x"}}},
		{"é:x", word{Text: "é:x"}},
		{"a\xffb", word{Text: "a\xffb"}},
		{"日本 OR 中国", or{word{Text: "日本"}, word{Text: "中国"}}},
	} {
		q, err := query.Parse(test.in)
		if err != nil || !reflect.DeepEqual(q.Root, test.want) {
			t.Errorf("Parse(%q)\n got %#v, %v\nwant %#v", test.in, q.Root, err, test.want)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, test := range []struct {
		in     string
		offset int
		msg    string
	}{
		{`a "b c`, 2, "quotation mark is not closed"},
		{`tag:"b c`, 4, "quotation mark is not closed"},
		{`é "`, 3, "quotation mark is not closed"},
		{`a \"`, 3, "quotation mark is not closed"},
		{`“a"`, 0, "quotation mark is not closed"},
		{"a (b (c)", 2, "parenthesis is not closed"},
		{"a (b))", 5, "no parenthesis is open"},
		{"OR a", 0, "OR needs"},
		{"a OR OR b", 4, "OR needs"},
		{"a OR ()", 4, "OR needs"},
		{"(a OR) b", 5, "OR needs"},
		{"a AND OR b", 2, "AND needs"},
		{"a AND AND b", 2, "AND needs"},
		{"NOT", 0, "NOT needs"},
		{strings.Repeat("a* ", query.MaxStars) + "b*", 3 * query.MaxStars, "at most 20 words that end with *"},
		{strings.Repeat("a* ", query.MaxStars) + "by:b*", 3 * query.MaxStars, "at most 20 words that end with *"},
		{strings.Repeat("who:a* ", query.MaxStars) + "(b*)", 7*query.MaxStars + 1, "at most 20 words that end with *"},
		{"NOT OR a", 0, "NOT needs"},
		{"a spaek:b", 2, "the fields are publisher, by, who, said, polarity, person, org, place, lang, section, tag, use, after, before, when"},
		{"a said:&", 7, `said: needs a word, not "&"`},
		{`who:"…"`, 4, `who: needs a word, not "…"`},
		{"who:", 4, "who: needs a value"},
		{"tag:", 4, "tag: needs a value"},
		{`x tag:" "`, 6, "tag: needs a value"},
		{"after:2022-13", 6, "wants a date"},
		{"before:22", 7, "wants a date"},
		{`before:"2022-02-30"`, 7, "wants a date"},
		{"when:", 5, "when: needs a value"},
		{"a when:yesterday", 7, "when: wants a date such as"},
		{"when:2021-11..soon", 14, "when: wants a date"},
		{`when:"2021-11..soon"`, 15, "when: wants a date"},
		{"when:soon..2021-11", 5, "when: wants a date"},
		{"when:..", 5, "when: wants a date"},
		{"when:2021..2022..2023", 11, "when: wants a date"},
		{"when:2022-02-30", 5, "when: wants a date"},
		{"when:2022-02..2022-01", 14, "when: 2022-02..2022-01 ends before it begins"},
		{"…", 0, "nothing to search for"},
		{`""`, 0, "nothing to search for"},
		{strings.Repeat("(", 13) + "a", 13, "more than 12"},
		{strings.Repeat("-", 13) + "a", 13, "more than 12"},
		{strings.Repeat("(", 4000), 13, "more than 12"},
		{strings.Repeat("NOT ", 1000), 52, "more than 12"},
		{strings.Repeat("a", query.MaxLength+1), query.MaxLength, "at most 4096 bytes"},
	} {
		q, err := query.Parse(test.in)
		var syntax *query.SyntaxError
		if !errors.As(err, &syntax) || syntax.Offset != test.offset || !strings.Contains(syntax.Msg, test.msg) {
			t.Errorf("Parse(%.50q) = %v, %v, want an error at byte %d with %q", test.in, q, err, test.offset, test.msg)
		}
	}
}

// randomExpr makes trees as Parse makes them.
func randomExpr(r *rand.Rand, depth int) query.Expr {
	values := []string{"a", "b c", `"`, `\`, `a\"b`, "(x)", "-y", "OR", "é“”", "x*", "tag:y", "日本", "  ", "1"}
	pick := func() string { return values[r.IntN(len(values))] }
	if depth == 0 {
		switch r.IntN(6) {
		case 0:
			return word{Text: []string{"a", "U.S.", "12:30", "x*y", "日本", "a-b", "http://a.example/"}[r.IntN(7)], Prefix: r.IntN(2) == 0}
		case 1:
			return phrase{"p" + pick()}
		case 2:
			return bound{[]string{"after", "before"}[r.IntN(2)], []string{"2022", "1999-12", "2024-02-29"}[r.IntN(3)]}
		case 3:
			return []when{{"2022", "2022"}, {"2022-02", ""}, {"", "2022-02-10"}, {"2021-11", "2022-01"}}[r.IntN(4)]
		}
		if r.IntN(3) == 0 {
			return filter{[]string{"said", "who"}[r.IntN(2)], "v" + pick()}
		}
		return filter{[]string{"publisher", "by", "tag", "lang", "section"}[r.IntN(5)], "v" + pick()}
	}
	switch r.IntN(4) {
	case 0:
		return randomExpr(r, 0)
	case 1:
		return not{randomExpr(r, depth-1)}
	case 2:
		var list and
		for len(list) < 2+r.IntN(2) {
			if x := randomExpr(r, depth-1); reflect.TypeOf(x) != reflect.TypeFor[and]() {
				list = append(list, x)
			}
		}
		return list
	}
	var list or
	for len(list) < 2+r.IntN(2) {
		if x := randomExpr(r, depth-1); reflect.TypeOf(x) != reflect.TypeFor[or]() {
			list = append(list, x)
		}
	}
	return list
}

func TestStringParses(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		want := query.Query{Root: randomExpr(r, 4)}
		checkString(t, want)
	}
}

func checkString(t *testing.T, want query.Query) {
	t.Helper()
	s := want.String()
	if len(s) > query.MaxLength {
		return
	}
	got, err := query.Parse(s)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%#v prints %q, which parses to\n%#v, %v", want.Root, s, got.Root, err)
	}
}

func FuzzParse(f *testing.F) {
	text, err := os.ReadFile("../doc/query.md")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		left, _, _ := strings.Cut(line, "→")
		f.Add(strings.TrimSpace(left))
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := query.Parse(s)
		if err != nil {
			var syntax *query.SyntaxError
			if !errors.As(err, &syntax) || syntax.Offset < 0 || syntax.Offset > len(s) {
				t.Errorf("Parse(%q): %v, want a SyntaxError within the query", s, err)
			}
			return
		}
		checkString(t, q)
		checkHighlight(t, q, s)
		query.Snippet(q, s, 20)
	})
}

func TestAnd(t *testing.T) {
	q, err := query.Parse("a OR b")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		q    query.Query
		x    query.Expr
		want string
	}{
		{query.Query{}, filter{"tag", "x y"}, `tag:"x y"`},
		{q, filter{"tag", "x"}, `(a OR b) tag:x`},
		{q.And(bound{"after", "2022"}), filter{"tag", "x"}, `(a OR b) after:2022 tag:x`},
		{q, nil, `a OR b`},
	} {
		if got := test.q.And(test.x).String(); got != test.want {
			t.Errorf("(%s).And(%#v) = %s, want %s", test.q, test.x, got, test.want)
		}
	}
}

// TestDoc checks that doc/query.md names every field and operator that the
// parser knows, and that its examples are true.
func TestDoc(t *testing.T) {
	text, err := os.ReadFile("../doc/query.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("parse.go")
	if err != nil {
		t.Fatal(err)
	}
	doc := string(text)
	for _, name := range field.Names() {
		if !strings.Contains(doc, "| `"+name+":") || !strings.Contains(doc, `"`+name+`"`) {
			t.Errorf("doc/query.md lacks the field %s in its table or grammar", name)
		}
	}
	operators := regexp.MustCompile(`perator\("([A-Z]+)"\)`).FindAllStringSubmatch(string(source), -1)
	if len(operators) < 3 {
		t.Errorf("parse.go: found the operators %q, want OR, AND and NOT at least", operators)
	}
	for _, m := range operators {
		if !strings.Contains(doc, `"`+m[1]+`"`) || !strings.Contains(doc, "`"+m[1]+"`") {
			t.Errorf("doc/query.md lacks the operator %s in its text or grammar", m[1])
		}
	}
	examples := 0
	for line := range strings.Lines(doc) {
		in, want, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "→")
		if !ok {
			continue
		}
		in, want = strings.TrimSpace(in), strings.TrimSpace(want)
		q, err := query.Parse(in)
		got := q.String()
		if err != nil {
			got = strings.TrimPrefix(err.Error(), "query: ")
		}
		if got != want && (err == nil || !strings.HasPrefix(got, want)) {
			t.Errorf("doc/query.md: %q\n gives %s\n it says %s", in, got, want)
		}
		examples++
	}
	if examples < 20 {
		t.Errorf("doc/query.md: found %d examples, want at least 20", examples)
	}
}
