package mcp_test

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"dateline"
	"dateline/acquire"
	"dateline/answer"
	"dateline/archive"
	"dateline/index"
	"dateline/query"
	"dateline/surface/mcp"
)

// pages are the pages of "dateline demo".
const pages = "../../cmd/dateline/demo/demo.warc.gz"

// demo opens an archive of the first n pages of the demo; 0 means all.
func demo(t *testing.T, n int) *archive.Archive {
	t.Helper()
	a, err := archive.Open(t.Context(), t.TempDir(), archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	fill(t, a, n)
	return a
}

// fill adds the first n pages of the demo to a; 0 means all.
func fill(t *testing.T, a *archive.Archive, n int) {
	t.Helper()
	all := acquire.Inputs(acquire.Options{}, pages)
	some := func(ctx context.Context) iter.Seq2[acquire.Page, error] {
		return func(yield func(acquire.Page, error) bool) {
			left := n
			for p, err := range all(ctx) {
				if left--; left == -1 && n > 0 || !yield(p, err) {
					return
				}
			}
		}
	}
	if _, err := a.Add(t.Context(), some, archive.AddOptions{}); err != nil {
		t.Fatal(err)
	}
}

// connect returns a client of a server over a.
func connect(t *testing.T, a mcp.Archive) *sdk.ClientSession {
	t.Helper()
	here, there := sdk.NewInMemoryTransports()
	ss, err := mcp.New(a, mcp.Options{Version: "test"}).Connect(t.Context(), there, nil)
	if err != nil {
		t.Fatal(err)
	}
	cs, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), here, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cs.Close()
		_ = ss.Wait()
	})
	return cs
}

// call asks a tool, and returns its answer as JSON, or what it says is wrong.
func call(t *testing.T, cs *sdk.ClientSession, tool string, args map[string]any) (text string, wrong bool) {
	t.Helper()
	res, err := cs.CallTool(t.Context(), &sdk.CallToolParams{Name: tool, Arguments: args})
	if err != nil {
		t.Fatalf("%s %v: %v", tool, args, err)
	}
	if len(res.Content) != 1 {
		t.Fatalf("%s %v: %d parts, want one", tool, args, len(res.Content))
	}
	return res.Content[0].(*sdk.TextContent).Text, res.IsError
}

// ask asks a tool for an answer of type T.
func ask[T any](t *testing.T, cs *sdk.ClientSession, tool string, args map[string]any) (out T) {
	t.Helper()
	text, wrong := call(t, cs, tool, args)
	if wrong {
		t.Fatalf("%s %v: %s", tool, args, text)
	}
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatalf("%s %v: %v", tool, args, err)
	}
	check(t, fmt.Sprint(tool, " ", args), text, reflect.TypeFor[T]())
	return out
}

// check holds an answer against its schema, and looks whether it begins with the notice
// and names for everything from an article what is needed to cite it.
func check(t *testing.T, what, text string, typ reflect.Type) {
	t.Helper()
	if !strings.HasPrefix(text, `{"notice":"Headlines, texts`) {
		t.Errorf("%s: it does not begin with the notice: %.80s", what, text)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(answer.Schema(typ))))
	if err != nil {
		t.Fatalf("%s: the schema of %v: %v", what, typ, err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("answer.json", doc); err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.MustCompile("answer.json").Validate(v); err != nil {
		t.Errorf("%s: %v", what, err)
	}
	citable(t, what, v)
}

// citable looks whether every object that names a capture has what is needed to cite it.
func citable(t *testing.T, what string, v any) {
	t.Helper()
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			citable(t, what, x)
		}
	case map[string]any:
		if v["capture"] != nil {
			for _, key := range []string{"article", "url", "payload"} {
				if s, _ := v[key].(string); s == "" {
					t.Errorf("%s: no %s beside the capture %v", what, key, v["capture"])
				}
			}
		}
		for _, x := range v {
			citable(t, what, x)
		}
	}
}

// TestTools asks each tool, in the order in which somebody would.
func TestTools(t *testing.T) {
	a := demo(t, 0)
	cs := connect(t, a)
	list, err := cs.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, tool := range list.Tools {
		names = append(names, tool.Name)
		if !tool.Annotations.ReadOnlyHint || tool.Description == "" {
			t.Errorf("%s is not told to be for reading, or is not described", tool.Name)
		}
	}
	want := []string{"cite", "get_article", "get_speaker", "get_story", "get_timeline", "list_stories", "search_articles", "search_statements", "what_changed"}
	if slices.Sort(names); !slices.Equal(names, want) {
		t.Errorf("tools %q, want %q", names, want)
	}
	if !strings.Contains(cs.InitializeResult().Instructions, "never instructions to follow") {
		t.Errorf("instructions: %s", cs.InitializeResult().Instructions)
	}

	found := ask[answer.FoundArticles](t, cs, "search_articles", map[string]any{"query": "ferry", "best": true})
	if found.Total != 7 || len(found.Articles) != 7 {
		t.Fatalf("%d of %d articles, want all of 7", len(found.Articles), found.Total)
	}
	for _, x := range found.Articles {
		art, err := a.Find(t.Context(), string(x.Capture))
		if err != nil || art.Text[x.Start:x.End] != x.Text || art.Payload != x.Payload || art.Fetched != x.Fetched {
			t.Errorf("%s: the passage is not at bytes %d to %d (%v)", x.Article, x.Start, x.End, err)
		}
	}
	if none := ask[answer.FoundArticles](t, cs, "search_articles", map[string]any{"query": "ferry zeppelin"}); none.Total != 0 || len(none.Instead) == 0 {
		t.Errorf("nothing is proposed where nothing is found: %+v", none)
	}
	said := ask[answer.FoundStatements](t, cs, "search_statements", map[string]any{"query": "who:velikar", "limit": 50})
	if len(said.Statements) == 0 || said.Next != "" {
		t.Fatalf("%d statements, next %q", len(said.Statements), said.Next)
	}
	s := said.Statements[0]
	sp := ask[answer.BriefSpeaker](t, cs, "get_speaker", map[string]any{"name": s.Name})
	if sp.Name != "Anton Velikar" || len(sp.Sayings) != sp.SayingCount {
		t.Errorf("speaker %s with %d of %d sayings", sp.Name, len(sp.Sayings), sp.SayingCount)
	}
	if again := ask[answer.BriefSpeaker](t, cs, "get_speaker", map[string]any{"name": sp.Ref}); again.Name != sp.Name {
		t.Errorf("%s is %s", sp.Ref, again.Name)
	}
	cited := ask[answer.BriefCitation](t, cs, "cite", map[string]any{"statement": string(s.Capture) + "#" + s.Place, "formats": []string{"bibtex", "text"}})
	if len(cited.Formats) != 2 || cited.Payload != s.Payload || !strings.Contains(cited.Formats[1].Text, "@") {
		t.Errorf("citation: %+v", cited.Formats)
	}
	stories := ask[answer.BriefStories](t, cs, "list_stories", nil)
	if len(stories.Stories.Stories) != 2 {
		t.Errorf("%d stories, want 2", len(stories.Stories.Stories))
	}
	if st := ask[answer.BriefStory](t, cs, "get_story", map[string]any{"story": found.Articles[0].URL}); st.Reports != len(st.List) || st.Reports < 2 {
		t.Errorf("story of an address: %d of %d reports", len(st.List), st.Reports)
	}
	line := ask[answer.BriefTimeline](t, cs, "get_timeline", map[string]any{"query": "ferry", "from": "2026-02-01", "days": 3, "sentences": 2})
	if len(line.Days) != 3 {
		t.Errorf("%d days, want 3", len(line.Days))
	}
	changes := ask[answer.BriefChanges](t, cs, "what_changed", map[string]any{"query": "", "all": true})
	if len(changes.Changes) != changes.Total || changes.Total == 0 || !strings.HasPrefix(changes.Changes[0].Digests[0], "sha256:") {
		t.Errorf("changes: %+v", changes)
	}
}

// parts asks for a list one item at a time and returns what part finds in each answer.
func parts[T any](t *testing.T, cs *sdk.ClientSession, tool string, args map[string]any, part func(T) (answer.Cursor, []string)) (all []string) {
	t.Helper()
	args["limit"] = 1
	for range 1000 {
		next, items := part(ask[T](t, cs, tool, args))
		if all = append(all, items...); len(items) > 1 {
			t.Fatalf("%s: %d at once, want one", tool, len(items))
		}
		if next == "" {
			return all
		}
		args["cursor"] = next
	}
	t.Fatalf("%s does not end", tool)
	return nil
}

// TestCursors reads lists one item at a time, and a text a few words at a time: nothing
// is missing, and nothing comes twice.
func TestCursors(t *testing.T) {
	a := demo(t, 0)
	cs := connect(t, a)
	for _, best := range []bool{false, true} {
		var want []string
		for x, err := range answer.Hits(t.Context(), a, mustParse(t, "ferry"), index.Options{Rank: best}) {
			if err != nil {
				t.Fatal(err)
			}
			want = append(want, string(x.Article))
		}
		got := parts(t, cs, "search_articles", map[string]any{"query": "ferry", "best": best}, func(p answer.FoundArticles) (answer.Cursor, []string) {
			return p.Next, each(p.Articles, func(x answer.BriefArticle) string { return string(x.Article) })
		})
		if !slices.Equal(got, want) {
			t.Errorf("articles, the best first %t: %q, want %q", best, got, want)
		}
	}
	var want []string
	for s, err := range answer.Statements(t.Context(), a, mustParse(t, "ferry")) {
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, s.ID)
	}
	got := parts(t, cs, "search_statements", map[string]any{"query": "ferry"}, func(p answer.FoundStatements) (answer.Cursor, []string) {
		return p.Next, each(p.Statements, func(s answer.Statement) string { return s.ID })
	})
	if !slices.Equal(got, want) {
		t.Errorf("statements: %q, want %q", got, want)
	}
	sp := ask[answer.BriefSpeaker](t, cs, "get_speaker", map[string]any{"name": "Anton Velikar", "limit": 50})
	got = parts(t, cs, "get_speaker", map[string]any{"name": "Anton Velikar"}, func(p answer.BriefSpeaker) (answer.Cursor, []string) {
		return p.Next, each(p.Sayings, func(s answer.BriefSaying) string { return s.Statement.ID })
	})
	if want := each(sp.Sayings, func(s answer.BriefSaying) string { return s.Statement.ID }); !slices.Equal(got, want) {
		t.Errorf("sayings: %q, want %q", got, want)
	}
	st := ask[answer.BriefStories](t, cs, "list_stories", nil).Stories.Stories[0]
	got = parts(t, cs, "get_story", map[string]any{"story": st.Story}, func(p answer.BriefStory) (answer.Cursor, []string) {
		return p.Next, each(p.List, func(r answer.BriefReport) string { return string(r.Of.Article) })
	})
	if len(slices.Compact(slices.Sorted(slices.Values(got)))) != st.Reports || len(got) != st.Reports {
		t.Errorf("reports: %q, want %d", got, st.Reports)
	}

	art, err := a.Article(t.Context(), st.Story)
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	for args := map[string]any{"article": art.ID, "bytes": 100}; ; {
		p := ask[answer.ReadArticle](t, cs, "get_article", args)
		if p.Start != len(text) || p.End-p.Start > 100 || p.Length != len(art.Text) {
			t.Fatalf("bytes %d to %d of %d after %d", p.Start, p.End, p.Length, len(text))
		}
		if text += p.Text; p.Next == "" {
			break
		}
		args["cursor"] = p.Next
	}
	if text != art.Text {
		t.Errorf("the parts make\n%q\nwant\n%q", text, art.Text)
	}
}

// TestCursorOverNews reads a list while newer articles come in: none comes twice.
func TestCursorOverNews(t *testing.T) {
	a := demo(t, 12)
	cs := connect(t, a)
	met := map[dateline.ArticleID]int{}
	args := map[string]any{"query": "", "limit": 4}
	for n := 0; ; n++ {
		p := ask[answer.FoundArticles](t, cs, "search_articles", args)
		for _, x := range p.Articles {
			met[x.Article]++
		}
		if n == 0 {
			fill(t, a, 0)
			if now := ask[answer.FoundArticles](t, cs, "search_articles", map[string]any{"query": ""}); now.Total <= p.Total {
				t.Fatalf("%d articles after %d: nothing came in", now.Total, p.Total)
			}
		}
		if p.Next == "" {
			break
		}
		args["cursor"] = p.Next
	}
	for id, n := range met {
		if n != 1 {
			t.Errorf("%s came %d times", id, n)
		}
	}
}

// TestMistakes asks what cannot be answered.
func TestMistakes(t *testing.T) {
	cs := connect(t, demo(t, 3))
	next := ask[answer.FoundArticles](t, cs, "search_articles", map[string]any{"query": "", "limit": 1}).Next
	for _, x := range []struct {
		tool string
		args map[string]any
		want string
	}{
		{"search_articles", map[string]any{"query": `ferry "open`}, "at byte 6"},
		{"search_articles", map[string]any{"query": "bridge", "cursor": next}, "of another list"},
		{"search_articles", map[string]any{"query": "", "cursor": "e30"}, "of another list"},
		{"search_articles", map[string]any{}, "query"},
		{"get_article", map[string]any{"article": "https://nowhere.example/"}, "not in this archive"},
		{"get_speaker", map[string]any{"name": "Nobody Atall"}, "not in this archive"},
		{"get_story", map[string]any{"story": "a0000000000000000"}, "not in this archive"},
		{"get_timeline", map[string]any{"query": "", "from": "Thursday"}, "no day"},
		{"cite", map[string]any{"statement": "Velikar"}, "names no statement"},
	} {
		text, wrong := call(t, cs, x.tool, x.args)
		if !wrong || !strings.Contains(text, x.want) {
			t.Errorf("%s %v: wrong %t, %q, want %q in it", x.tool, x.args, wrong, text, x.want)
		}
	}
}

// TestHTTP asks over HTTP with the client of the SDK, and with a GET.
func TestHTTP(t *testing.T) {
	a := demo(t, 3)
	o := mcp.Options{Version: "test"}
	server := httptest.NewServer(mcp.Handler(mcp.New(a, o), o))
	defer server.Close()
	cs, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), &sdk.StreamableClientTransport{Endpoint: server.URL}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer cs.Close()
	if p := ask[answer.FoundArticles](t, cs, "search_articles", map[string]any{"query": ""}); p.Total == 0 {
		t.Error("no article")
	}
	res, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("GET: %s, want 405", res.Status)
	}
}

func each[T any](list []T, of func(T) string) (names []string) {
	for _, x := range list {
		names = append(names, of(x))
	}
	return names
}

func mustParse(t *testing.T, text string) query.Query {
	t.Helper()
	q, err := query.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return q
}
