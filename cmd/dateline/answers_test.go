package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// An asked is the demo's archive, asked through its pages and by commands.
type asked struct {
	*testing.T
	dir     string // of the archive
	address string // where it is served
	schemas map[string]*jsonschema.Schema
	n       map[string]int // answers checked, by type
}

func askDemo(t *testing.T) *asked {
	t.Helper()
	a := &asked{T: t, dir: filepath.Join(t.TempDir(), "demo"), schemas: map[string]*jsonschema.Schema{}, n: map[string]int{}}
	files, err := filepath.Glob("../../answer/schema/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d schemas, %v", len(files), err)
	}
	for _, f := range files {
		s, err := jsonschema.NewCompiler().Compile(f)
		if err != nil {
			t.Fatal(err)
		}
		a.schemas[strings.TrimSuffix(filepath.Base(f), ".json")] = s
	}
	address, stop := servedBy(t, "demo", "-keep", a.dir, "-open=false", "-addr", "127.0.0.1:0")
	a.address = address
	t.Cleanup(stop)
	return a
}

// check holds one answer against the schema of its type and returns it.
func (a *asked) check(kind, where string, text []byte) map[string]any {
	a.Helper()
	a.n[kind]++
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		a.Fatalf("%s: %v\n%s", where, err, text)
	}
	if err := a.schemas[kind].Validate(v); err != nil {
		a.Errorf("%s is no %s: %v\n%s", where, kind, err, text)
	}
	var m map[string]any
	if err := json.Unmarshal(text, &m); err != nil {
		a.Fatal(err)
	}
	return m
}

// twin asks for the JSON twin of a page.
func (a *asked) twin(kind, path string) map[string]any {
	a.Helper()
	resp, err := http.Get(a.address + path)
	if err != nil {
		a.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		a.Fatal(err)
	}
	if (resp.StatusCode == http.StatusOK) == (kind == "problem") {
		a.Fatalf("GET %s: %s\n%s", path, resp.Status, body)
	}
	return a.check(kind, path, body)
}

// print runs a command on the archive and checks each line that it prints.
func (a *asked) print(kind string, args ...string) (list []map[string]any) {
	a.Helper()
	return a.printOf(kind, "", exitDone, append([]string{args[0], "-archive", a.dir}, args[1:]...)...)
}

// printOf runs a command with an input, which is to end with a status, and
// checks each line that it prints.
func (a *asked) printOf(kind, input string, want int, args ...string) (list []map[string]any) {
	a.Helper()
	var out, stderr bytes.Buffer
	if status := run(a.Context(), args, streams{strings.NewReader(input), &out, &stderr}); status != want {
		a.Fatalf("dateline %q: exit status %d, want %d, %s", args, status, want, stderr.String())
	}
	for line := range strings.Lines(out.String()) {
		list = append(list, a.check(kind, "dateline "+strings.Join(args, " "), []byte(line)))
	}
	return list
}

// maps returns the objects of a list.
func maps(v any) (list []map[string]any) {
	items, _ := v.([]any)
	for _, x := range items {
		list = append(list, x.(map[string]any))
	}
	return list
}

// TestAnswersKeepTheirSchemas asks everything that the demo can be asked, by
// pages and by commands, and holds each answer against the schema of its type;
// what both give of a statement or a hit must be the same.
func TestAnswersKeepTheirSchemas(t *testing.T) {
	a := askDemo(t)
	a.twin("home", "index.json")
	a.twin("help", "help.json")
	a.twin("problem", "search.json?q=(")
	a.twin("problem", "article/a0.json")
	a.twin("problem", "calendar.json?sort=best")
	for _, q := range []string{"", "ferry", "who:a* ", "said:the lang:en", "zebra ferry", `"no such words"`, "when:2026"} {
		v := url.Values{"q": {q}, "all": {"1"}}.Encode()
		a.twin("search", "search.json?"+v)
		a.twin("search", "search.json?sort=best&"+v)
		a.twin("calendar", "calendar.json?"+v)
	}
	statements := map[string]string{} // id → the statement as pages have it
	for _, h := range maps(a.twin("search", "search.json?q=")["hits"]) {
		art := a.twin("article", "article/"+h["article"].(string)+".json?all=1")
		a.twin("why", "article/"+h["article"].(string)+"/why.json")
		a.twin("capture", "capture/"+h["capture"].(string)+".json")
		if len(maps(art["versions"])) > 1 {
			a.twin("diff", "article/"+h["article"].(string)+"/diff.json")
			a.print("diff", "diff", "-json", h["article"].(string))
		}
		for _, v := range maps(art["versions"]) {
			a.twin("article", "article/"+h["article"].(string)+"/v/"+v["capture"].(string)+".json")
		}
		for _, s := range maps(art["statements"]) {
			text, _ := json.Marshal(s) // what was read as JSON can be written
			statements[s["id"].(string)] = string(text)
			a.twin("citation", "article/"+h["article"].(string)+"/v/"+h["capture"].(string)+"/cite/"+s["place"].(string)+".json")
			if name, ok := s["who"].(string); ok {
				a.twin("speaker", "speaker/"+url.PathEscape(name)+".json?all=1&in="+h["article"].(string))
			}
		}
	}
	for _, s := range a.print("statement", "statements", "-json", "-all", "-limit", "0") {
		text, _ := json.Marshal(s)
		if want, ok := statements[s["id"].(string)]; ok && want != string(text) {
			t.Errorf("a statement differs:\ncommand %s\npage    %s", text, want)
		}
	}
	for _, f := range maps(a.twin("search", "search.json?q=")["facets"]) {
		if name := f["name"].(string); name == "person" || name == "org" || name == "place" {
			a.twin("thing", name+"/"+url.PathEscape(maps(f["values"])[0]["value"].(string))+".json")
		}
	}
	a.twin("alerts", "alerts.json")
	a.twin("decisions", "decisions.json")
	a.commands()
	for kind := range a.schemas {
		brief := strings.HasPrefix(kind, "brief") || strings.HasPrefix(kind, "found") || kind == "readarticle" // the tests of package mcp ask for them
		brief = brief || kind == "webhookcall"                                                                 // those of package alert read it
		if a.n[kind] == 0 && !brief {
			t.Errorf("no %s was asked for", kind)
		}
	}
	if len(statements) < 20 || a.n["hit"] < 15 || a.n["speaker"] < 10 {
		t.Errorf("%d statements, answers %v: too few to tell", len(statements), a.n)
	}
}

// commands asks by every other command that prints answers.
func (a *asked) commands() {
	hits := a.print("hit", "search", "-json", "-limit", "0")
	a.print("hit", "search", "-json", "-rank", "ferry")
	article := hits[0]["article"].(string)
	a.print("article", "show", "-json", "-all", article)
	a.print("versions", "show", "-json", "-versions", article)
	names := a.print("statement", "statements", "-json", "who:a*", "-limit", "1")
	a.print("citation", "cite", "-json", names[0]["id"].(string), names[0]["capture"].(string)+"#"+names[0]["place"].(string))
	a.print("articlecitation", "cite", "-json", article)
	file := filepath.Join(a.TempDir(), "all.warc.gz")
	if status := run(a.Context(), []string{"export", "-archive", a.dir, "-format", "warc", "-o", file, "ferry"}, streams{strings.NewReader(""), io.Discard, io.Discard}); status != exitDone {
		a.Fatalf("dateline export: exit status %d", status)
	}
	other := filepath.Join(a.TempDir(), "other")
	a.printOf("imported", "", exitDone, "import", "-archive", other, "-json", file)
	a.printOf("seal", "", exitDone, "seal", "-archive", other, "-json")
	a.print("changes", "changes", "-json", "-all")
	a.twin("changes", "changes.json?q=")
	a.print("sources", "sources", "-json")
	a.twin("sources", "sources.json")
	a.print("proof", "verify", "-json", article)
	a.print("timelineday", "timeline", "-json", "ferry")
	a.print("exchange", "exchanges", "-json")
	a.twin("timeline", "timeline.json?q=ferry")
	a.twin("exchanges", "exchanges.json?q=")
	a.twin("problem", "timeline.json?from=soon")
	a.twin("problem", "timeline.json?days=0")
	a.print("stories", "stories", "-json")
	for _, s := range maps(a.twin("stories", "stories.json")["stories"]) {
		story := s["story"].(string)
		a.print("story", "stories", "-json", story)
		a.twin("story", "story/"+story+".json")
		a.twin("timeline", "timeline.json?q=story:"+story)
		a.twin("exchanges", "exchanges.json?open=1&q=story:"+story)
	}
	a.printOf("build", "", exitDone, "version", "-json")
	a.inspect()
	page := `<html lang=en><title>Ferry late</title><article><h1>Ferry late</h1><p>"It is late," Ana Lima said on Monday.</p></article>`
	a.printOf("recordreasons", page, exitDone, "extract", "-explain", "-json", "-")
	a.printOf("findingsreasons", `{"id":"a7","url":"https://news.example/1","text":"\"It is late,\" Ana Lima said on Monday."}`, exitDone, "understand", "-explain", "-json")
	copied := a.dir + "-2" // the demo holds the first
	for _, args := range [][]string{
		{"added", "add", "-json", copied + ".html"},
		{"rebuilt", "rebuild", "-json", "index"},
	} {
		if err := os.WriteFile(copied+".html", []byte("<title>One</title><p>Nothing to see."), 0o644); err != nil {
			a.Fatal(err)
		}
		b := *a
		b.dir = copied
		b.print(args[0], args[1:]...)
	}
	a.flaw(copied)
	a.decisions(names[0]["name"].(string))
}

// inspect shows what is made of inputs that a follower meets.
func (a *asked) inspect() {
	for _, test := range []struct{ kind, input, args string }{
		{"feed", `<rss><channel><title>Wire</title><ttl>30</ttl><item><link>https://wire.example/1</link><pubDate>soon</pubDate></item></channel></rss>`, "feed -"},
		{"feed", `<html><head><link rel=alternate type=application/rss+xml href=/feed></head></html>`, "-url https://wire.example/ feed -"},
		{"feed", "", "-status 503 feed -"},
		{"sitemap", `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://wire.example/1</loc></url></urlset>`, "sitemap -"},
		{"sitemap", "", "sitemap -"},
		{"robots", "User-agent: *\nDisallow: /private\nCrawl-delay: 2\nContent-Signal: ai-train=no\n", "robots - /private /public"},
		{"robots", "", "robots -"},
		{"canonical", "", "canonical https://wire.example/1?utm_source=x#top"},
	} {
		a.printOf(test.kind, test.input, exitDone, append([]string{"inspect"}, strings.Fields(test.args)...)...)
	}
	page := func(name, said string) string {
		file := filepath.Join(a.TempDir(), name)
		text := `<html lang=en><title>Ferry late</title><article><h1>Ferry late</h1><p>The ferry left the old quay an hour late on Monday, the harbour office said.</p>` + said + `</article>`
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			a.Fatal(err)
		}
		return file
	}
	a.printOf("compared", "", exitDone, "inspect", "version", page("one.html", ""), page("two.html", `<p>“It is late again, and nobody told us why,” Ana Lima said on Monday.</p>`))
}

// flaw damages the archive in the folder.
func (a *asked) flaw(dir string) {
	files, err := filepath.Glob(filepath.Join(dir, "warc", "*"))
	if err != nil || len(files) == 0 {
		a.Fatalf("no WARC file in %s, %v", dir, err)
	}
	if err := os.Truncate(files[0], 100); err != nil {
		a.Fatal(err)
	}
	a.printOf("flaw", "", exitPartly, "verify", "-archive", dir, "-json")
}

// decisions makes, lists and takes back a decision in a copy of the archive.
func (a *asked) decisions(name string) {
	b := *a
	b.dir = filepath.Join(a.TempDir(), "copy")
	if err := os.CopyFS(b.dir, os.DirFS(a.dir)); err != nil {
		a.Fatal(err)
	}
	b.print("decision", "differ", "-json", name, name)
	if n := len(b.print("decision", "differ", "-json")); n != 1 {
		a.Errorf("%d decisions, want 1", n)
	}
	b.print("decision", "same", "-json", name, name)
	article := b.print("hit", "search", "-json", "-limit", "1")[0]["article"].(string)
	b.print("correction", "correct", "-json", article, "headline", "Another headline")
	if n := len(b.print("correction", "correct", "-json")); n != 1 {
		a.Errorf("%d corrections, want 1", n)
	}
	if status := run(a.Context(), []string{"alert", "-archive", b.dir, "add", "ferry", "ferry"}, streams{strings.NewReader(""), io.Discard, io.Discard}); status != exitDone {
		a.Fatalf("alert add: exit status %d", status)
	}
	b.print("alerts", "alert", "-json")
	b.print("alert", "alert", "show", "-json", "ferry")
}
