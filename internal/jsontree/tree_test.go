package jsontree_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"dateline/internal/jsontree"
)

// plain returns a value that holds no others as encoding/json decodes it.
func plain(v jsontree.Value) any {
	switch v.Kind() {
	case jsontree.False, jsontree.True:
		return v.Kind() == jsontree.True
	case jsontree.Number:
		f, _ := v.Float()
		return f
	case jsontree.String:
		return v.Text()
	}
	return nil
}

var samples = []string{
	`{}`, `[]`, `null`, `true`, `false`, `0`, `-1.5e+3`, `"a"`, ` [1, "b", {"c": [true]}, [] ] `, `{"a":{"b":{"c":"d"}},"e":"f"}`,
	`"\u00e9\n\ud83d\ude00\ud83d \ude00\ud83d\u0041\"\\\/"`, `{"a":1,"a":2}`, `{"k\u0065y":"v"}`, `1e999`, `[[[[[[[[]]]]]]]]`,
	``, ` `, `{`, `[1,]`, `{"a":1,}`, `{"a" 1}`, `{a:1}`, `01`, `1.`, `-`, `.5`, `1e`, `"a`, "\"\n\"", `"\x"`, `"\u12"`, `"\u12g4"`, `nul`, `[1 2]`,
	`[}`, `{]`, `{} {}`, `[1],`, "\x00", `[` + "\x00" + `]`, `tru`, `{"a":}`, `"\`, `{"a":1]`, `]`, `,`, `:`,
}

// agree checks that a text is read as encoding/json reads it.
func agree(t *testing.T, src string) {
	if !utf8.ValidString(src) {
		return
	}
	var tree jsontree.Tree
	v, rest, ok := tree.Add(src)
	ok = ok && strings.TrimLeft(rest, " \t\r\n") == ""
	if valid := json.Valid([]byte(src)); ok != valid {
		t.Fatalf("Add(%q) is %v, want %v", src, ok, valid)
	}
	if !ok {
		return
	}
	var want any
	if err := json.Unmarshal([]byte(src), &want); err != nil {
		return // a number too large
	}
	same(t, src, v, want)
}

// same checks v, and what it holds, against what encoding/json has decoded.
func same(t *testing.T, src string, v jsontree.Value, want any) {
	switch want := want.(type) {
	case map[string]any:
		for key, w := range want {
			same(t, src, v.Get(key), w)
		}
		if v.Kind() != jsontree.Object || v.Len() < len(want) || len(want) == 0 && v.Len() > 0 {
			t.Errorf("%q: an object of %d members, want %d", src, v.Len(), len(want))
		}
	case []any:
		if v.Kind() != jsontree.List || v.Len() != len(want) {
			t.Errorf("%q: a list of %d, want %d", src, v.Len(), len(want))
		}
		i := 0
		for e := range v.All() {
			same(t, src, e, want[i])
			i++
		}
	default:
		if got := plain(v); got != want {
			t.Errorf("%q: %v, want %v", src, got, want)
		}
	}
}

func TestAdd(t *testing.T) {
	for _, src := range samples {
		agree(t, src)
	}
}

func FuzzAdd(f *testing.F) {
	for _, src := range samples {
		f.Add(src)
	}
	f.Fuzz(agree)
}

func TestValue(t *testing.T) {
	var tree jsontree.Tree
	v, rest, ok := tree.Add(`{"one":"a","list":["b","c"],"none":[],"null":null,"one":"last"} more`)
	if !ok || rest != " more" {
		t.Fatalf("Add leaves %q, %v", rest, ok)
	}
	for _, c := range []struct{ key, first string }{{"one", "last"}, {"list", "b"}, {"none", ""}, {"null", ""}, {"absent", ""}} {
		if got := v.Get(c.key).First().Text(); got != c.first {
			t.Errorf("first of %q is %q, want %q", c.key, got, c.first)
		}
	}
	if absent := v.Get("one").Get("two"); absent != (jsontree.Value{}) || absent.Kind() != jsontree.None || absent.Len() != 0 {
		t.Errorf("a member of a string is %v, want none", absent)
	}
	kept := v.Get("list").First().Text()
	tree.Reset()
	if _, _, ok := tree.Add(`["x"`); ok {
		t.Error("half a list is taken for one")
	}
	if v, _, _ := tree.Add(`1e999`); v.Kind() != jsontree.Number {
		t.Error("a large number is none")
	} else if f, ok := v.Float(); ok {
		t.Errorf("1e999 is %v, want it refused", f)
	}
	if v, _, _ := tree.Add(`1e30`); kept != "b" {
		t.Errorf("a string became %q", kept)
	} else if f, ok := v.Float(); !ok || math.Abs(f-1e30) > 1e16 {
		t.Errorf("1e30 is %v, %v", f, ok)
	}
}

// TestDeep reads lists nested deeper than a stack of calls would bear.
func TestDeep(t *testing.T) {
	const n = 100_000
	var tree jsontree.Tree
	v, _, ok := tree.Add(strings.Repeat("[", n) + strings.Repeat("]", n))
	if !ok || v.Len() != 1 {
		t.Errorf("a list in a list … has %d members, %v", v.Len(), ok)
	}
}

// TestMost reads a list of as many values as a tree holds, and then one more.
func TestMost(t *testing.T) {
	var tree jsontree.Tree
	const n = jsontree.MaxValues - 1
	if v, _, ok := tree.Add("[" + strings.Repeat("1,", n-1) + "1]"); !ok || v.Len() != n {
		t.Errorf("a list of %d numbers has %d, %v", n, v.Len(), ok)
	}
	if _, rest, ok := tree.Add("1"); ok || rest != "1" {
		t.Errorf("a full tree takes a number, and leaves %q", rest)
	}
	tree.Reset()
	if _, _, ok := tree.Add("1"); !ok {
		t.Error("an empty tree takes no number")
	}
}

// TestAllocs reads a text again and again: the tree's memory is reused and
// strings are slices of the text.
func TestAllocs(t *testing.T) {
	src := `{"@graph":[{"@type":"NewsArticle","headline":"A plain headline","author":[{"name":"Ada"},{"name":"Bo"}],"n":[1,2,3,null,true]}]}`
	var tree jsontree.Tree
	if n := testing.AllocsPerRun(100, func() {
		tree.Reset()
		v, _, _ := tree.Add(src)
		if v.Get("@graph").First().Get("headline").Text() != "A plain headline" {
			t.Error("the headline is lost")
		}
	}); n > 0 {
		t.Errorf("%v allocations, want none", n)
	}
}
