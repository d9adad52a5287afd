package web_test

import (
	"net/http"
	"strings"
	"testing"

	"dateline"
)

// told is an archive of a report, a copy of it that is cut, and another report.
func told() *memory {
	m := &memory{}
	text := "The ferry Marenna sank off Tarsk on Friday with 140 people aboard.\n\nThe coast guard pulled 90 of them out of the water.\n\nThe captain is questioned."
	for _, a := range []dateline.Article{
		{URL: "https://wire.example/1", Headline: "Ferry Marenna sinks off Tarsk", Text: text, Dateline: dateline.Dateline{Place: "TARSK", Agency: "KPA"}},
		{URL: "https://paper.example/2", Headline: "Ninety saved from ferry", Text: strings.TrimSuffix(text, "\n\nThe captain is questioned.")},
		{URL: "https://herald.example/3", Headline: "Captain of the ferry Marenna left Tarsk <in spite> of warning", Text: "The captain of the ferry Marenna had left Tarsk in spite of a warning of the coast guard, a report says."},
	} {
		a.Published, a.Lang = "2026-02-06", "en"
		m.add(a)
	}
	first, copied, other := m.versions[0].ID, m.versions[1].ID, m.versions[2].ID
	m.groups = []dateline.Group{
		{Article: first, Report: first, Event: first, Story: first, Day: "2026-02-06"},
		{Article: copied, Report: first, Event: first, Story: first, Day: "2026-02-06", Copy: &dateline.Likeness{To: first, Rule: "copy/whole", Inner: .92}},
		{Article: other, Report: other, Event: other, Story: first, Day: "2026-02-07", Joined: &dateline.Likeness{To: first, Rule: "story/event", Score: .3}},
	}
	return m
}

func TestStory(t *testing.T) {
	m := told()
	page := get(t, m, "/story/"+string(m.versions[0].ID)).body
	for _, want := range []string{
		"2 independent reports in 3 articles", "In the words of its articles", "The ferry Marenna sank off Tarsk on Friday with 140 people aboard.",
		"copy/whole", "92 % the same", "(another headline)", "<del>The captain is questioned.</del>", "origin/dateline", "KPA", "story/event",
		"Captain of the ferry Marenna left Tarsk &lt;in spite&gt; of warning", "7 February 2026",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of the story lacks %q", want)
		}
	}
	for _, command := range []string{
		"dateline differ -story " + string(m.versions[2].ID) + " " + string(m.versions[0].ID),
		"dateline differ -copy " + string(m.versions[1].ID) + " " + string(m.versions[0].ID),
		"dateline same -story " + string(m.versions[0].ID) + " STORY",
	} {
		if !strings.Contains(page, command) {
			t.Errorf("the page of the story lacks the command %q", command)
		}
	}
	if res := get(t, m, "/story/none"); res.StatusCode != http.StatusNotFound {
		t.Errorf("a story that there is none of: status %d", res.StatusCode)
	}
	if list := get(t, m, "/stories").body; !strings.Contains(list, "/story/"+string(m.versions[0].ID)) || !strings.Contains(list, "3 articles") {
		t.Errorf("the list of stories lacks the story: %s", list)
	}
	if beside := get(t, m, "/article/"+string(m.versions[2].ID)).body; !strings.Contains(beside, "Same story elsewhere") || !strings.Contains(beside, "Ferry Marenna sinks off Tarsk") {
		t.Error("the page of an article does not name what else is of its story")
	}
}

// The home page shows stories, lists of hits fold copies, and what is new is counted.
func TestStoriesElsewhere(t *testing.T) {
	m := told()
	for path, wants := range map[string][]string{
		"/":                         {"2 independent reports", "3 articles", `class="volume"`, "on 2 days"},
		"/search?q=ferry":           {"+1 copy", "1 article that prints a report above is left out", "copies=1"},
		"/search?q=ferry&copies=1":  {"Ninety saved from", "+1 copy"},
		"/stories?since=2026-02-07": {"1 new"},
		"/stories?since=2026-02-08": {"No story has an article since that day"},
	} {
		page := get(t, m, path).body
		for _, want := range wants {
			if !strings.Contains(page, want) {
				t.Errorf("%s lacks %q", path, want)
			}
		}
	}
	if folded := get(t, m, "/search?q=ferry").body; strings.Contains(folded, "Ninety saved from") {
		t.Error("a copy is listed beside its report")
	}
	if res := get(t, m, "/stories?since=soon"); res.StatusCode != http.StatusBadRequest {
		t.Errorf("since soon: status %d", res.StatusCode)
	}
}

// The page of an article shows who does what in it, and what it is not certain of.
func TestEventsOfArticle(t *testing.T) {
	m := letters()
	a := m.versions[1]
	m.findings[a.Capture].Hedges = []dateline.Hedge{{Words: dateline.Words{Start: 45, End: 58, Text: a.Text[45:58]}, Type: "epistemic", Rule: "hedge/word"}}
	page := get(t, m, "/article/"+string(a.ID)).body
	for _, want := range []string{"Who does what", "event/verb", `<a href="#b0">Norvany replied to Ilse Marten on 9 February 2026 and offered talks.</a>`, "Not certain, by the text", "hedge/word"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of the article lacks %q", want)
		}
	}
}
