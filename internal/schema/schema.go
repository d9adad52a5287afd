// Package schema makes a JSON Schema (draft 2020-12) of a Go type as
// encoding/json writes it, with the doc comments of types and fields as
// descriptions.
//
// docs.go reads the comments from the source, schema.go walks the type.
// doc/decisions/answer.md says why this is no library.
package schema

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"
)

// A node is a schema, or a part of one. Keys are written in the order of the
// fields.
type node struct {
	Schema      string           `json:"$schema,omitempty"`
	Title       string           `json:"title,omitempty"`
	Ref         string           `json:"$ref,omitempty"`
	Description string           `json:"description,omitempty"`
	Type        string           `json:"type,omitempty"`
	Format      string           `json:"format,omitempty"`
	Enum        []string         `json:"enum,omitempty"`
	AnyOf       []*node          `json:"anyOf,omitempty"`
	Minimum     *int             `json:"minimum,omitempty"`
	MinItems    int              `json:"minItems,omitempty"`
	MaxItems    int              `json:"maxItems,omitempty"`
	Items       *node            `json:"items,omitempty"`
	Required    []string         `json:"required,omitempty"`
	Properties  map[string]*node `json:"properties,omitempty"` // encoding/json sorts them
	Additional  any              `json:"additionalProperties,omitempty"`
	Defs        map[string]*node `json:"$defs,omitempty"`
}

// Of returns the schema of t, a named struct, indented and with an end of line.
// Types within it that have a name stand under "$defs". It returns an error
// for what has no schema: a channel, a function, an interface with methods, a
// type that writes its own JSON and is neither a time nor a pair of numbers (a struct of
// two ints).
func Of(t reflect.Type, docs Docs) ([]byte, error) {
	g := generator{docs: docs, own: t.PkgPath(), defs: map[string]*node{}}
	root := g.object(t)
	root.Schema, root.Title, root.Description = "https://json-schema.org/draft/2020-12/schema", t.Name(), docs.Type(t)
	root.Defs = g.defs
	if g.err != nil {
		return nil, fmt.Errorf("schema of %s: %w", t, g.err)
	}
	b, err := json.MarshalIndent(root, "", "  ")
	return append(b, '\n'), err
}

// A generator makes one schema; the first error stays in err.
type generator struct {
	docs Docs
	own  string // path of the package whose types stand under their plain names
	defs map[string]*node
	err  error
}

// of returns the schema of a value of type t, a reference if t has a name.
func (g *generator) of(t reflect.Type) *node {
	if t == reflect.TypeFor[json.RawMessage]() {
		return &node{} // any value
	}
	if t.PkgPath() != "" && t != reflect.TypeFor[time.Time]() {
		name := t.Name()
		if t.PkgPath() != g.own {
			name = key(t)
		}
		if _, ok := g.defs[name]; !ok {
			g.defs[name] = &node{} // before its fields: a type may hold itself
			*g.defs[name] = *g.plain(t)
			g.defs[name].Description = g.docs.Type(t)
		}
		return &node{Ref: "#/$defs/" + name}
	}
	return g.plain(t)
}

// plain returns the schema of a value of type t by what kind of type it is.
func (g *generator) plain(t reflect.Type) *node {
	zero := 0
	switch t.Kind() {
	case reflect.Bool:
		return &node{Type: "boolean"}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return &node{Type: "integer"}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return &node{Type: "integer", Minimum: &zero}
	case reflect.Float32, reflect.Float64:
		return &node{Type: "number"}
	case reflect.String:
		return &node{Type: "string", Enum: g.docs.Values(t)}
	case reflect.Slice:
		return &node{Type: "array", Items: g.of(t.Elem())}
	case reflect.Array:
		return &node{Type: "array", Items: g.of(t.Elem()), MinItems: t.Len(), MaxItems: t.Len()}
	case reflect.Interface:
		if t.NumMethod() == 0 {
			return &node{} // any value
		}
	case reflect.Map:
		return &node{Type: "object", Additional: g.of(t.Elem())}
	case reflect.Pointer:
		return g.of(t.Elem())
	case reflect.Struct:
		return g.object(t)
	}
	g.fail(t)
	return &node{}
}

func (g *generator) fail(t reflect.Type) {
	if g.err == nil {
		g.err = fmt.Errorf("%s has none", t)
	}
}

// object returns the schema of a struct.
func (g *generator) object(t reflect.Type) *node {
	marshals := t.Implements(reflect.TypeFor[json.Marshaler]())
	switch {
	case t == reflect.TypeFor[time.Time]():
		return &node{Type: "string", Format: "date-time"}
	case marshals && t.NumField() == 2 && t.Field(0).Type.Kind() == reflect.Int && t.Field(1).Type.Kind() == reflect.Int:
		return &node{Type: "array", Items: &node{Type: "integer"}, MinItems: 2, MaxItems: 2}
	case marshals:
		g.fail(t)
	}
	n := &node{Type: "object", Properties: map[string]*node{}, Additional: false}
	g.fields(n, t)
	return n
}

// fields adds the fields of t to n, with those of structs that it embeds. An
// outer field hides an inner one of its key.
func (g *generator) fields(n *node, t reflect.Type) {
	var embedded []reflect.Type
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case name == "" && f.Anonymous:
			inner := f.Type
			if inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			}
			embedded = append(embedded, inner)
			continue
		case name == "-" || !f.IsExported():
			continue
		case name == "":
			name = f.Name
		}
		if n.Properties[name] != nil {
			continue
		}
		p := g.of(f.Type)
		optional := strings.Contains(options, "omit")
		if f.Type.Kind() == reflect.Pointer && !optional {
			p = &node{AnyOf: []*node{p, {Type: "null"}}}
		}
		p.Description = g.docs.Field(t, f.Name)
		n.Properties[name] = p
		if !optional {
			n.Required = append(n.Required, name)
		}
	}
	for _, inner := range embedded {
		g.fields(n, inner)
	}
}
