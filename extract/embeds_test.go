package extract_test

import (
	"fmt"
	"strings"
	"testing"

	"dateline"
	"dateline/extract"
)

// TestEmbeds reads articles that show posts, videos and documents of other services.
func TestEmbeds(t *testing.T) {
	const first = "The port stayed closed all night, because the storm had thrown three boats against the pier, the harbour office said."
	for _, c := range []struct{ name, markup, want string }{
		{"post", `<blockquote class="twitter-tweet"><p lang="en">The pier is gone. We count boats.</p>&mdash; Ada Lund (@adalund) <a href="https://social.example/adalund/status/12?ref=x">May 3, 2024</a></blockquote>`,
			"post|https://social.example/adalund/status/12?ref=x|Ada Lund (@adalund)|The pier is gone. We count boats.|2024-05-03"},
		{"post with its address beside it", `<blockquote class="instagram-media" data-instgrm-permalink="https://pics.example/p/AB1/"><p>Waves over the pier</p></blockquote>`,
			"post|https://pics.example/p/AB1/||Waves over the pier|"},
		{"video", `<iframe src="https://www.youtube.com/embed/xyz"></iframe>`, "video|https://www.youtube.com/embed/xyz|||"},
		{"video that a script loads", `<iframe data-src="https://www.youtube.com/embed/xyz"></iframe>`, "video|https://www.youtube.com/embed/xyz|||"},
		{"document", `<iframe src="/files/report.pdf"></iframe>`, "document|https://harbourpost.example/files/report.pdf|||"},
		{"frame of an advertisement", `<iframe src="https://ads.example/frame?x=1"></iframe>`, ""},
		{"plain quotation", `<blockquote><p>“We have not seen such waves for thirty years, and we hope not to see any again.”</p></blockquote>`, ""},
	} {
		a := extract.Article(storyOf(c.markup), "https://harbourpost.example/storm")
		var got []string
		for _, e := range a.Embeds {
			got = append(got, fmt.Sprintf("%s|%s|%s|%s|%s", e.Kind, e.URL, e.Author, e.Text, e.Published))
			if e.After != len(first) {
				t.Errorf("%s: it stands behind byte %d, want %d", c.name, e.After, len(first))
			}
			if e.Text != "" && strings.Contains(a.Text, e.Text) {
				t.Errorf("%s: the text has the words of the post: %q", c.name, a.Text)
			}
			if a.Evidence["embeds"] == "" {
				t.Errorf("%s: embeds without evidence", c.name)
			}
		}
		if s := strings.Join(got, "\n"); s != c.want {
			t.Errorf("%s: embeds are %q, want %q", c.name, s, c.want)
		}
	}
}

// TestUpdates reads a live blog whose JSON-LD dates its entries.
func TestUpdates(t *testing.T) {
	page := `<html lang="en"><head><title>Storm: live</title><script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Storm: live","liveBlogUpdate":[
{"@type":"BlogPosting","headline":"First boat sinks","datePublished":"2024-05-03T08:10:00Z","articleBody":"The first of the boats has sunk in the basin, the harbour office says."},
{"@type":"BlogPosting","headline":"Pier is gone","datePublished":"2024-05-03T09:30:00Z","articleBody":"Half of the pier has been washed away, and the rest is closed."}]}</script></head><body><article><h1>Storm: live</h1>
<h2>Pier is gone</h2><p>Half of the pier has been washed away, and the rest is closed to everybody, the harbour office says on Friday morning.</p>
<h2>First boat sinks</h2><p>The first of the boats has sunk in the basin, the harbour office says. Nobody was on board of it when it went down.</p></article></body></html>`
	a := extract.Article([]byte(page), "https://harbourpost.example/live")
	var got []string
	for _, u := range a.Updates {
		if u.Start < 0 || u.End > len(a.Text) || u.Start > u.End {
			t.Fatalf("an update is of bytes %d to %d of %d", u.Start, u.End, len(a.Text))
		}
		got = append(got, fmt.Sprint(u.Published, " ", u.Headline, ": ", a.Text[u.Start:u.End]))
	}
	want := []string{
		"2024-05-03T09:30:00Z Pier is gone: Pier is gone\n\nHalf of the pier has been washed away, and the rest is closed to everybody, the harbour office says on Friday morning.",
		"2024-05-03T08:10:00Z First boat sinks: First boat sinks\n\nThe first of the boats has sunk in the basin, the harbour office says. Nobody was on board of it when it went down.",
	}
	if strings.Join(got, "\n--\n") != strings.Join(want, "\n--\n") {
		t.Errorf("updates are %q, want %q", got, want)
	}
	if a.Evidence["updates"] != "jsonld:liveBlogUpdate" || dateline.Date(a.Published).Day() == "" && len(a.Updates) == 0 {
		t.Errorf("evidence of updates is %q", a.Evidence["updates"])
	}
}
