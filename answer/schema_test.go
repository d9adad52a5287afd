package answer_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"dateline/answer"
	"dateline/internal/schema"
)

// answers are the types that have a schema.
var answers = []reflect.Type{
	reflect.TypeFor[answer.Home](), reflect.TypeFor[answer.Search](), reflect.TypeFor[answer.Hit](), reflect.TypeFor[answer.Calendar](),
	reflect.TypeFor[answer.Article](), reflect.TypeFor[answer.Versions](), reflect.TypeFor[answer.Statement](), reflect.TypeFor[answer.Speaker](),
	reflect.TypeFor[answer.Citation](), reflect.TypeFor[answer.ArticleCitation](), reflect.TypeFor[answer.Capture](), reflect.TypeFor[answer.Decision](), reflect.TypeFor[answer.Added](),
	reflect.TypeFor[answer.Rebuilt](), reflect.TypeFor[answer.Build](), reflect.TypeFor[answer.Help](), reflect.TypeFor[answer.Problem](),
	reflect.TypeFor[answer.Why](), reflect.TypeFor[answer.Diff](), reflect.TypeFor[answer.Changes](), reflect.TypeFor[answer.Sources](), reflect.TypeFor[answer.RecordReasons](), reflect.TypeFor[answer.FindingsReasons](),
	reflect.TypeFor[answer.Stories](), reflect.TypeFor[answer.Story](), reflect.TypeFor[answer.Exchanges](), reflect.TypeFor[answer.Exchange](), reflect.TypeFor[answer.Timeline](), reflect.TypeFor[answer.TimelineDay](),
	reflect.TypeFor[answer.Flaw](), reflect.TypeFor[answer.Proof](), reflect.TypeFor[answer.Seal](), reflect.TypeFor[answer.Imported](),
	reflect.TypeFor[answer.Feed](), reflect.TypeFor[answer.Sitemap](), reflect.TypeFor[answer.Robots](), reflect.TypeFor[answer.Canonical](), reflect.TypeFor[answer.Compared](),
	reflect.TypeFor[answer.FoundArticles](), reflect.TypeFor[answer.ReadArticle](), reflect.TypeFor[answer.FoundStatements](), reflect.TypeFor[answer.BriefSpeaker](), reflect.TypeFor[answer.BriefStory](),
	reflect.TypeFor[answer.Alerts](), reflect.TypeFor[answer.Alert](), reflect.TypeFor[answer.WebhookCall](), reflect.TypeFor[answer.Decisions](), reflect.TypeFor[answer.Thing](), reflect.TypeFor[answer.Correction](),
	reflect.TypeFor[answer.BriefStories](), reflect.TypeFor[answer.BriefTimeline](), reflect.TypeFor[answer.BriefChanges](), reflect.TypeFor[answer.BriefCitation](),
}

// documented are the folders of the packages whose types answers hold.
var documented = []string{".", "..", "../query", "../surface/cite", "../extract", "../extract/body", "../understand", "../relate/version", "../archive", "../acquire/feed"}

// TestGoldenSchemas compares the schemas with the types and their comments;
// UPDATE=1 writes them anew.
func TestGoldenSchemas(t *testing.T) {
	docs, err := schema.ReadDocs(documented...)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, typ := range answers {
		name := strings.ToLower(typ.Name()) + ".json"
		known[name] = true
		want, err := schema.Of(typ, docs)
		if err != nil {
			t.Error(err)
			continue
		}
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile("schema/"+name, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile("schema/" + name); err != nil || string(got) != string(want) {
			t.Errorf("schema/%s is not that of answer.%s (%v); \"make golden\" writes it", name, typ.Name(), err)
		}
	}
	files, err := os.ReadDir("schema")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !known[f.Name()] {
			t.Errorf("schema/%s is of no answer", f.Name())
		}
	}
}

// TestEveryKeyIsExplained wants a comment for every field of an answer, or a
// line in the glossary for its key.
func TestEveryKeyIsExplained(t *testing.T) {
	docs, err := schema.ReadDocs(documented...)
	if err != nil {
		t.Fatal(err)
	}
	glossary, err := os.ReadFile("../doc/answers.md")
	if err != nil {
		t.Fatal(err)
	}
	records, err := os.ReadFile("../doc/schema.md")
	if err != nil {
		t.Fatal(err)
	}
	met := map[reflect.Type]bool{}
	var walk func(typ reflect.Type)
	walk = func(typ reflect.Type) {
		for typ.Kind() == reflect.Slice || typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || met[typ] {
			return
		}
		met[typ] = true
		for i := range typ.NumField() {
			f := typ.Field(i)
			key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if key == "-" {
				continue
			}
			text := string(glossary) + string(records)
			if key != "" && docs.Field(typ, f.Name) == "" && !strings.Contains(text, "`"+key+"`") {
				t.Errorf("%s.%s, %q, has no comment, and doc/answers.md does not explain its key", typ, f.Name, key)
			}
			walk(f.Type)
		}
	}
	for _, typ := range answers {
		walk(typ)
	}
}
