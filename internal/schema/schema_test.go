package schema_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"dateline/internal/schema"
)

// A pet is what the tests make a schema of.
type pet struct {
	base
	Name  string            `json:"name"` // as it is called
	Born  time.Time         `json:"born"`
	Likes []string          `json:"likes,omitempty"`
	Of    *pet              `json:"of"`
	Tags  map[string]string `json:"tags,omitempty"`
	Age   uint              `json:"-"`
	hid   int
}

type base struct {
	Name string `json:"name"` // hidden by the outer one
	Legs int    `json:"legs"`
}

func TestOf(t *testing.T) {
	text, err := schema.Of(reflect.TypeFor[pet](), schema.Docs{})
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("pet.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("pet.json")
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	for value, want := range map[string]bool{
		`{"name":"Rex","born":"2020-01-01T00:00:00Z","of":null,"legs":4}`:                                                                     true,
		`{"name":"Rex","born":"2020-01-01T00:00:00Z","legs":4,"likes":["a"],"tags":{"a":"b"},"of":{"name":"X","born":"","of":null,"legs":3}}`: true,
		`{"name":"Rex","born":"2020-01-01T00:00:00Z","legs":4}`:                                                                               false, // of is null, not absent
		`{"name":"Rex","born":"2020-01-01T00:00:00Z","of":null,"legs":"4"}`:                                                                   false,
		`{"name":"Rex","born":"2020-01-01T00:00:00Z","of":null,"legs":4,"age":3}`:                                                             false,
		`{"name":"Rex","born":"2020-01-01T00:00:00Z","of":null,"legs":4,"likes":null}`:                                                        false,
	} {
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(value))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(v); (err == nil) != want {
			t.Errorf("%s: %v, want valid: %t", value, err, want)
		}
	}
	_ = pet{}.hid
}

func TestComments(t *testing.T) {
	docs, err := schema.ReadDocs(".")
	if err != nil {
		t.Fatal(err)
	}
	if got := docs.Type(reflect.TypeFor[schema.Docs]()); !strings.HasPrefix(got, "Docs are the comments of packages") {
		t.Errorf("the comment of Docs: %q", got)
	}
	if got := docs.Field(reflect.TypeFor[schema.Docs](), "values"); got != `of named string types: "dateline.BlockKind" → its constants` {
		t.Errorf("the comment of a field: %q", got)
	}
}

func TestWhatHasNoSchema(t *testing.T) {
	type odd struct {
		F func() `json:"f"`
	}
	if _, err := schema.Of(reflect.TypeFor[odd](), schema.Docs{}); err == nil {
		t.Error("a function has a schema")
	}
}
