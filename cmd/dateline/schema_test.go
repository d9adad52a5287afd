package main

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"dateline"
	"dateline/cmd/dateline/demo"
)

const schemaFile = "../../doc/record.schema.json"

// TestRecordsKeepTheSchema holds what extract and understand print for the
// demo's pages against the JSON Schema of the record.
func TestRecordsKeepTheSchema(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	var records, found, stderr bytes.Buffer
	if status := run(t.Context(), []string{"extract", "-"}, streams{bytes.NewReader(demo.WARC), &records, &stderr}); status != exitDone {
		t.Fatalf("extract: exit status %d, %s", status, stderr.String())
	}
	if status := run(t.Context(), []string{"understand"}, streams{bytes.NewReader(records.Bytes()), &found, &stderr}); status != exitDone {
		t.Fatalf("understand: exit status %d, %s", status, stderr.String())
	}
	n := 0
	for line := range strings.Lines(found.String()) {
		n++
		rec, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(rec); err != nil {
			t.Errorf("record %d: %v\n%s", n, err, line)
		}
	}
	if n < 20 {
		t.Errorf("%d records, want at least 20", n)
	}
}

// TestSchemaHasEveryKey compares the keys of the record's Go types with those
// of the schema and of doc/schema.md.
func TestSchemaHasEveryKey(t *testing.T) {
	text, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	var schema any
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile("../../doc/schema.md")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	schemaKeys(schema, listed)
	want := map[string]bool{"findings": true}
	typeKeys(reflect.TypeFor[dateline.Article](), want)
	typeKeys(reflect.TypeFor[dateline.Findings](), want)
	for key := range want {
		if !listed[key] {
			t.Errorf("the schema does not list the key %q", key)
		}
		if !strings.Contains(string(doc), "`"+key+"`") {
			t.Errorf("doc/schema.md does not explain the key %q", key)
		}
	}
	for key := range listed {
		if !want[key] {
			t.Errorf("the schema lists the key %q, which no record has", key)
		}
	}
}

// schemaKeys collects the names under "properties".
func schemaKeys(v any, keys map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		if properties, ok := v["properties"].(map[string]any); ok {
			for key := range properties {
				keys[key] = true
			}
		}
		for _, child := range v {
			schemaKeys(child, keys)
		}
	case []any:
		for _, child := range v {
			schemaKeys(child, keys)
		}
	}
}

// typeKeys collects the JSON keys of a type and of the types within it.
func typeKeys(t reflect.Type, keys map[string]bool) {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || t == reflect.TypeFor[dateline.Span]() {
		return
	}
	for i := range t.NumField() {
		f := t.Field(i)
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
			keys[name] = true
		}
		typeKeys(f.Type, keys)
	}
}
