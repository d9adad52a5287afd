package words_test

import (
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dateline/internal/words"
)

// TestFiles reads every file of lists: each line is one, no list has an entry
// twice, and every list of the shared files is described in README.md.
func TestFiles(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	described := map[string]bool{}
	for _, m := range regexp.MustCompile("`([a-z-]+)(?: N)?`").FindAllStringSubmatch(string(readme), -1) {
		described[m[1]] = true
	}
	for _, file := range files(t) {
		if path.Ext(file) != ".words" {
			continue
		}
		lang, name := path.Split(file)
		text, ok := words.Text(path.Clean(lang), name)
		if !ok {
			t.Errorf("%s is no part of the program", file)
		}
		seen := map[[3]string]bool{}
		for line, err := range words.Lines(text) {
			if err != nil {
				t.Errorf("%s: %v", file, err)
				break
			}
			if slices.Contains([]string{"dates.words", "languages.words", "press.words", "sentences.words"}, name) && !described[line.List] {
				t.Errorf("%s:%d: README.md describes no list %q", file, line.Number, line.List)
			}
			for _, e := range line.Entries {
				k := [3]string{line.List, line.Value, e}
				if name != "when.words" && name != "quote.words" && seen[k] {
					t.Errorf("%s:%d: %q stands in the list twice", file, line.Number, e)
				}
				seen[k] = true
			}
		}
	}
}

// files returns the files of all folders.
func files(t *testing.T) (all []string) {
	t.Helper()
	for _, lang := range append(words.Langs(), words.Any) {
		entries, err := os.ReadDir(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			all = append(all, path.Join(lang, e.Name()))
		}
	}
	return all
}

func TestLines(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"# a note\n\nmonth 3: March, mar.\n", "3 month 3 [March mar.]"},
		{"by: \" a, b\", c,\n  d e,\n\t\"f\"\n", "1 by  [ a, b c d e f]"},
		{"elides:\nby: von\n", "1 elides  []; 2 by  [von]"},
		{"a b c: d:e", "1 a b c [d:e]"},
		{"by von", `line 1: "by von" has no colon`},
		{": von", "line 1: no name before the colon"},
		{"\n  von", "line 2: goes on with a list, but there is none"},
		{"by: a,, b", `line 1: an entry is empty before " b"`},
		{"by: \"\"", `line 1: an entry is empty before ""`},
		{"by: \"a", `line 1: a quoted entry does not end: "a`},
		{"by: \"a\" b", `line 1: no comma behind "a"`},
	} {
		var all []string
		for line, err := range words.Lines(test.text) {
			if err != nil {
				all = append(all, err.Error())
				continue
			}
			all = append(all, strings.TrimSpace(strings.Join([]string{itoa(line.Number), line.List, line.Value, "[" + strings.Join(line.Entries, " ") + "]"}, " ")))
		}
		if got := strings.Join(all, "; "); got != test.want {
			t.Errorf("Lines(%q) = %s, want %s", test.text, got, test.want)
		}
	}
}

func itoa(n int) string { return string(rune('0' + n)) }

// TestMonths asks for months by name: one that two languages disagree about is
// read by the language of the text.
func TestMonths(t *testing.T) {
	months := words.NewTable("month", "month-short", "month-page").Own("month-own")
	for _, test := range []struct {
		word, lang string
		want       int
	}{
		{"maart", "nl", 3}, {"maart", "", 3}, {"mrt", "nl-BE", 3}, {"may", "en", 5}, {"jan", "ja", 1}, {"ม.ค.", "th", 1},
		{"listopad", "pl", 11}, {"listopad", "hr", 10}, {"listopad", "hr-HR", 10}, {"listopad", "", 11},
		{"lis", "pl", 11}, {"lis", "hr", 10}, {"lis", "en", 0},
		{"mac", "ms", 3}, {"mac", "en", 0},
		{"μάιος", "el", 5}, {"μαϊος", "el", 0}, {"μαιοσ", "el", 5}, {"noiembrie", "ro", 11}, {"сакавік", "be", 3},
		{"", "en", 0}, {"march.", "en", 0}, {"Maart", "nl", 0},
	} {
		if got := months.Number(test.word, test.lang); got != test.want {
			t.Errorf("Number(%q, %q) = %d, want %d", test.word, test.lang, got, test.want)
		}
	}
	for word, want := range map[string]int{"maart": 3, "listopad": 0, "lis": 0, "mac": 0} {
		if got := months.Everywhere(word); got != want {
			t.Errorf("Everywhere(%q) = %d, want %d", word, got, want)
		}
	}
}

func TestFolders(t *testing.T) {
	langs := words.Langs()
	if !slices.Contains(langs, "nl") || slices.Contains(langs, words.Any) || !slices.IsSorted(langs) {
		t.Errorf("Langs() = %q", langs)
	}
	if with := words.With("when.rules"); !slices.Contains(with, "nl") || slices.Contains(with, "th") {
		t.Errorf("With(when.rules) = %q", with)
	}
	if e := words.Of("nl", "month"); len(e) != 12 || e[2] != (words.Entry{Value: "3", Text: "maart"}) {
		t.Errorf("the months of Dutch are %v", e)
	}
	if e := words.Of("tlh", "month", "weekday"); len(e) != 0 {
		t.Errorf("a language without a folder has %v", e)
	}
	if _, ok := words.Text("nl", "nothing.words"); ok {
		t.Error("a file that is not there is read")
	}
}

func BenchmarkNumber(b *testing.B) {
	months := words.NewTable("month", "month-short", "month-page")
	b.ReportAllocs()
	for b.Loop() {
		if months.Number("september", "en") != 9 || months.Number("tuesday", "en") != 0 {
			b.Fatal("a month is lost")
		}
	}
}

func TestPhrases(t *testing.T) {
	p := words.PhrasesOf("read more", "re", "newsletter", "élan")
	for _, c := range []struct {
		text  string
		in    bool
		count int
	}{
		{"", false, 0},
		{"r", false, 0},
		{"we read more", true, 2},
		{"We Read Much, READ MORE of our NEWSLETTER", false, 3},
		{"a newslette", false, 0},
		{"more", true, 0}, // within a word
		{"an élan", true, 1},
	} {
		if got := p.In(c.text); got != c.in {
			t.Errorf("phrases in %q: %v", c.text, got)
		}
		if got := p.Count(c.text, 8); got != c.count {
			t.Errorf("%d phrases counted in %q, want %d", got, c.text, c.count)
		}
	}
}

// What Begin gives holds every entry that a text begins with.
func TestBegin(t *testing.T) {
	values, list := words.NewValues("did"), words.NewList("by")
	for _, e := range values.All() {
		if s := strings.ToUpper(e.Text[:1]) + e.Text[1:] + " x"; e.Text[0] < 0x80 && len(e.Text) > 1 && !slices.Contains(values.Begin(s), e) {
			t.Errorf("%q does not begin with %q", s, e.Text)
		}
	}
	for _, w := range list.All() {
		if len(w) > 1 && !slices.Contains(list.Begin(w+" x"), w) {
			t.Errorf("what begins with %q does not", w)
		}
	}
}

// Of reads a file once a language, takes any tag of it, and remembers nothing of what has
// no such file.
func TestByLanguage(t *testing.T) {
	read := map[string]int{}
	list := words.ByLanguage[string]{File: "hedge.words", Read: func(text, lang string) string {
		read[lang]++
		return lang
	}}
	for tag, want := range map[string]string{"": "en", "en-GB": "en", "de": "de", "de-AT": "de", "../en": "", "xx": ""} {
		for range 2 {
			if got := list.Of(tag); got != want {
				t.Errorf("Of(%q) = %q, want %q", tag, got, want)
			}
		}
	}
	if read["en"] != 1 || read["de"] != 1 || len(read) != 2 {
		t.Errorf("read %v, want English and German once", read)
	}
}
