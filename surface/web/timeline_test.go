package web_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"dateline"
	"dateline/answer"
	"dateline/understand"
)

// letters is an archive of two articles about a letter, one of which tells its reply.
func letters() *memory {
	m := &memory{}
	for _, a := range []dateline.Article{
		{URL: "https://wire.example/1", Headline: "Marten writes to Norvany", Published: "2026-02-03",
			Text: "Foreign Minister Ilse Marten asked Norvany in a letter on 2 February 2026 to open the passage.\n\nThe passage was closed on 12 January 2026 after a storm."},
		{URL: "https://paper.example/2", Headline: "Norvany answers", Published: "2026-02-10",
			Text: "Norvany replied to Ilse Marten on 9 February 2026 and offered talks.\n\nThe passage was closed on 12 January 2026, and its pilots were sent home."},
	} {
		a.Lang = "en"
		m.add(a)
		m.findings[m.last().Capture] = understand.Findings(m.last())
	}
	one, two := m.versions[0].ID, m.versions[1].ID
	m.groups = []dateline.Group{
		{Article: one, Report: one, Event: one, Story: one, Day: "2026-02-03"},
		{Article: two, Report: two, Event: two, Story: one, Day: "2026-02-10"},
	}
	return m
}

// follow opens the addresses in a page that match, and wants words on each.
func follow(t *testing.T, m *memory, page, pattern string, least int) {
	t.Helper()
	found := regexp.MustCompile(`href="(/[^"]*`+pattern+`)"`).FindAllStringSubmatch(page, -1)
	if len(found) < least {
		t.Errorf("%d links like %s, want %d at least", len(found), pattern, least)
	}
	for _, f := range found {
		path, anchor, _ := strings.Cut(f[1], "#")
		res := get(t, m, path)
		if res.StatusCode != http.StatusOK || anchor != "" && !strings.Contains(res.body, `id="`+anchor+`"`) {
			t.Errorf("%s: status %d, and the anchor may be missing", f[1], res.StatusCode)
		}
	}
}

func TestTimeline(t *testing.T) {
	m := letters()
	page := get(t, m, "/timeline?q=passage").body
	for _, want := range []string{"Monday 12 January 2026", "The passage was closed on 12 January 2026", "timeline/looks-back", "2 articles"} {
		if !strings.Contains(page, want) {
			t.Errorf("the timeline lacks %q", want)
		}
	}
	follow(t, m, page, `#b[0-9]+`, 2)
	follow(t, m, page, `/cite/[0-9]+-[0-9]+`, 2)

	story := get(t, m, "/timeline?q=story:"+string(m.versions[0].ID)+"&from=2026-02-01&days=1").body
	if strings.Contains(story, "12 January 2026</time>") || !strings.Contains(story, "/story/"+string(m.versions[0].ID)) {
		t.Error("the timeline of a story from a day on shows an earlier day, or does not lead back to the story")
	}
	var twin answer.Timeline
	if err := json.Unmarshal([]byte(get(t, m, "/timeline.json?q=passage&days=1").body), &twin); err != nil || len(twin.Days) != 1 || twin.Days[0].Sentences[0].Of == nil {
		t.Errorf("the twin is %+v, %v", twin, err)
	}
	for path, status := range map[string]int{"/timeline?q=(": 400, "/timeline?from=soon": 400, "/timeline?days=0": 400, "/timeline?sentences=99": 400, "/timeline?q=zebra": 200} {
		if res := get(t, m, path); res.StatusCode != status {
			t.Errorf("%s: status %d, want %d", path, res.StatusCode, status)
		}
	}
}

func TestExchanges(t *testing.T) {
	m := letters()
	page := get(t, m, "/exchanges?q=").body
	for _, want := range []string{"<bdi>Ilse Marten</bdi> to <bdi>Norvany</bdi>", "answered", "Norvany replied to Ilse Marten on 9 February 2026", "None without a reply"} {
		if !strings.Contains(page, want) {
			t.Errorf("the exchanges lack %q", want)
		}
	}
	follow(t, m, page, `#b[0-9]+`, 2)
	follow(t, m, page, `/cite/[0-9]+-[0-9]+`, 2)
	if open := get(t, m, "/exchanges?q=&open=1").body; strings.Contains(open, "<bdi>Ilse Marten</bdi> to") || !strings.Contains(open, "All of these have a reply") {
		t.Error("an answered request is among those that are open")
	}
	if open := get(t, m, "/exchanges?q=headline:x"); open.StatusCode != http.StatusBadRequest {
		t.Errorf("a query that cannot be read: status %d", open.StatusCode)
	}
}

// A passage that is no statement can be cited, too.
func TestCitePassage(t *testing.T) {
	m := letters()
	a := m.versions[1]
	at := "/article/" + string(a.ID) + "/v/" + string(a.Capture) + "/cite/"
	res := get(t, m, at+"0-68")
	if res.StatusCode != http.StatusOK || !strings.Contains(res.body, "From the article: “Norvany replied to Ilse Marten on 9 February 2026 and offered talks.” “Norvany answers”") {
		t.Errorf("the citation of a passage: status %d\n%s", res.StatusCode, res.body)
	}
	for _, place := range []string{"5-5", "9-3", "0-100000", "x-3", "--"} {
		if res := get(t, m, at+place); res.StatusCode != http.StatusNotFound {
			t.Errorf("the citation of %s: status %d", place, res.StatusCode)
		}
	}
}
