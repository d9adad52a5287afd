package story_test

import (
	"fmt"
	"strings"
	"testing"

	"dateline"
	"dateline/relate/story"
)

// words are what prose is made of: enough that no two passages agree by chance.
var words = strings.Fields(`harbour council ferry minister bridge storm verdict budget teacher strike
orchard museum tunnel election border treaty hospital engine river valley drought grain market union
lawyer witness archive satellite glacier reactor pension tariff embassy convoy refugee parliament`)

// prose returns n sentences of the passage with the given number, each a paragraph.
func prose(passage, n int) string {
	var all []string
	x := uint64(passage)*7919 + 17
	for range n {
		var s []string
		for range 14 {
			x = x*6364136223846793005 + 1442695040888963407
			s = append(s, words[x>>33%uint64(len(words))])
		}
		all = append(all, "The "+strings.Join(s, " ")+".")
	}
	return strings.Join(all, "\n\n")
}

func join(parts ...string) string { return strings.Join(parts, "\n\n") }

// article returns an article of an outlet; n tells it from others.
func article(outlet string, n int, day, text string) *dateline.Article {
	return &dateline.Article{URL: fmt.Sprintf("https://%s.example/%d", outlet, n), Published: dateline.Date(day), Text: text}
}

// respell changes what house styles change, and what machines misread.
func respell(s string) string {
	return strings.NewReplacer("\n\n", " ", "harbour", "harbor", "grain", "gra1n", ".", " .").Replace(s)
}

func TestCopies(t *testing.T) {
	wire := prose(1, 14)
	paragraphs := strings.Split(wire, "\n\n")
	for _, c := range []struct {
		name   string
		text   string
		day    string
		rule   string
		report bool // of the first article
	}{
		{"reprint", wire, "2024-05-02", "copy/whole", true},
		{"house style and misread letters", respell(wire), "2024-05-02", "copy/whole", true},
		{"cut to its beginning", join(paragraphs[:4]...), "2024-05-03", "copy/excerpt", true},
		{"cut in the middle", join(append(paragraphs[:5:5], paragraphs[9:]...)...), "2024-05-03", "copy/whole", true},
		{"another first paragraph", join(append([]string{prose(2, 1)}, paragraphs[1:]...)...), "2024-05-01", "copy/whole", true},
		{"written through, the same news on top", join(wire[:len(wire)/2], prose(3, 6)), "2024-05-02", "copy/opening", true},
		{"grown, other news on top", join(prose(4, 8), join(paragraphs[6:]...)), "2024-05-02", "copy/update", false},
		{"shared background", join(prose(5, 12), join(paragraphs[11:]...)), "2024-05-02", "", false},
		{"a side box within a long article", join(prose(6, 40), wire), "2024-05-02", "", false},
		{"the same months later", wire, "2024-09-02", "", false},
		{"nothing in common", prose(7, 14), "2024-05-02", "", false},
		{"empty", "", "2024-05-02", "", false},
	} {
		copies := story.NewCopies()
		first := copies.Add(article("wire", 1, "2024-05-01", wire))
		got := copies.Add(article("paper", 2, c.day, c.text))
		if got.Rule != c.rule || (got.Report == first.Report) != c.report {
			t.Errorf("%s: rule %q, of the same report %v, want %q, %v (%+v)", c.name, got.Rule, got.Report == first.Report, c.rule, c.report, got.Overlap)
		}
	}
}

// What an outlet prints in article after article joins none of them.
func TestCopiesPassOverFurniture(t *testing.T) {
	copies := story.NewCopies()
	furniture := prose(1, 6)
	reports := map[dateline.ArticleID]bool{}
	for n := range 6 {
		a := article("paper", n, "2024-05-01", join(prose(10+n, 9), furniture))
		reports[copies.Add(a).Report] = true
	}
	if len(reports) != 6 {
		t.Fatalf("6 articles with the same box are %d reports", len(reports))
	}
	last := copies.Add(article("paper", 7, "2024-05-01", join(furniture, prose(20, 3))))
	if last.Inner > 0 || last.Rule != "" {
		t.Errorf("furniture counts: %+v", last)
	}
}

// The report is that of the article that came first, and stays it.
func TestCopiesKeepTheirReport(t *testing.T) {
	copies := story.NewCopies()
	wire := prose(1, 10)
	first := copies.Add(article("wire", 1, "2024-05-02", wire))
	for n, day := range []string{"2024-05-01", "2024-05-03", "", "2024-05-05"} {
		if got := copies.Add(article("paper", 10+n, day, wire)); got.Report != first.Report {
			t.Errorf("day %q: report %s, want %s", day, got.Report, first.Report)
		}
	}
}
