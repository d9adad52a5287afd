package jsontree_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"dateline/internal/jsontree"
)

// decoded returns a value with all that it holds as encoding/json decodes it.
func decoded(v jsontree.Value, keys map[string]bool) any {
	switch v.Kind() {
	case jsontree.Object:
		all := map[string]any{}
		for key := range keys {
			if m := v.Get(key); m.Kind() != jsontree.None {
				all[key] = decoded(m, keys)
			}
		}
		return all
	case jsontree.List:
		all := []any{}
		for e := range v.All() {
			all = append(all, decoded(e, keys))
		}
		return all
	}
	return plain(v)
}

var broken = []struct{ src, means string }{
	{`{"a":"x", /* note */ "b":"y"}`, `{"a":"x","b":"y"}`},
	{"{\"a\":\"x\", // note, with \"marks\"\n\"b\":\"y\"}", `{"a":"x","b":"y"}`},
	{"{\"a\":\"x\"\n// note\n,\"b\":\"y\"}", `{"a":"x","b":"y"}`},
	{"// first {a}\n{\"a\":\"x\"}", `{}`}, // of a comment that looks like a value
	{`<!-- {"a":"x"} -->`, `{"a":"x"}`},
	{"//<![CDATA[\n{\"a\":\"x\"}\n//]]>", `{"a":"x"}`},
	{`[1,,2]`, `[1,2]`},
	{`{"a":,"b":"y"}`, `{"a":null,"b":"y"}`},
	{`{"a":"x","b":}`, `{"a":"x","b":null}`},
	{`{"a":"x",,"b":"y",}`, `{"a":"x","b":"y"}`},
	{`{,"a":"x"}`, `{"a":"x"}`},
	{`{"a":"x" "b":"y"}`, `{"a":"x","b":"y"}`},
	{`{"a":{"b":"y"} "c":[1 2]}`, `{"a":{"b":"y"},"c":[null]}`},
	{`{"a":[{"b":"x"} {"b":"y"}]}`, `{"a":[{"b":"x"},{"b":"y"}]}`},
	{`{"a" "x","b":{"c" {"d":"z"}}}`, `{"a":"x","b":{"c":{"d":"z"}}}`},
	{`{"a"::"x"}`, `{"a":null}`},
	{"{\u00a0\"a\":\u2003\"x\",\ufeff\"b\"\u3000:\u200b\"y\"}", `{"a":"x","b":"y"}`},
	{`{"a":undefined,"b":NaN,"c":None,"d":"y","a b":new Date()}`, `{"a":null,"b":null,"c":null,"d":"y"}`},
	{`{'a':'it\'s "x"','b':'y'}`, `{"a":"it's \"x\"","b":"y"}`},
	{`{a:"x",$b:1.5,c_d:true}`, `{"a":"x"}`},
	{`{“a”: “x”, “b”: “y”}`, `{"a":"x","b":"y"}`},
	{"{\"a\":\"one\n two\",\"b\":\"y\"}", `{"a":"one\n two","b":"y"}`},
	{"{\"a\":\"tab\tand\x01bell\",\"b\":\"y\"}", `{"a":"tab\tandbell","b":"y"}`},
	{`{"a":"he said "no" to them","b":"y"}`, `{"a":"he said \"no\" to them","b":"y"}`},
	{`{"a":"he said "no", then "yes"","b":"y"}`, `{"a":"he said \"no\", then \"yes\"","b":"y"}`},
	{`{"a":"path C:\dir\new","b":"\q"}`, `{"a":"path C:\\dir\new","b":"\\q"}`},
	{`{&quot;a&quot;:&quot;x &amp; y&quot;}`, `{"a":"x & y"}`},
	{`{"a":"x"};`, `{"a":"x"}`},
	{`window.data = {"a":"x"}; more();`, `{"a":"x"}`},
	{`{"a":"x"}, "b":"y"}`, `{"a":"x","b":"y"}`},
	{`{"a":["x","b":"y"}`, `{"a":["x"],"b":"y"}`},
	{`{"a":["x"],"b":{"c":"y"]}`, `{"a":["x"],"b":{"c":"y"}}`},
	{`{"a":"x","b":{"c":["y"`, `{"a":"x","b":{"c":["y"]}}`},
	{`{"a":"x","b":"2026-02-1`, `{"a":"x"}`},
	{`{"a":"x","b`, `{"a":"x"}`},
	{"{\"a\":\"x,\n\"b\":\"y\"}", `{"a":"x","b":"y"}`},
	{`{"a":"x, "b":"y"}`, `{"a":"x","b":"y"}`},
	{`{"a":"x" left, "b":"y"}`, `{"a":"x","b":"y"}`},
	{`{"a":"x","a":"y"}`, `{"a":"y"}`},
	{`{"d":[`, `{"d":[]}`},
}

func TestMend(t *testing.T) {
	keys := map[string]bool{"a": true, "b": true, "c": true, "d": true}
	for _, c := range broken {
		var tree jsontree.Tree
		v, _, ok := tree.Mend(c.src)
		got, err := json.Marshal(decoded(v, keys))
		if err != nil {
			t.Fatal(err)
		}
		var want any
		if err := json.Unmarshal([]byte(c.means), &want); err != nil {
			t.Fatalf("%s: %v", c.means, err)
		}
		wanted, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		if !ok || string(got) != string(wanted) {
			t.Errorf("Mend(%s) is %s, %v, want %s", c.src, got, ok, wanted)
		}
	}
	for _, src := range []string{"", "  ", "null", `"a"`, "no bracket", "<![CDATA[ ]]>", "/* {"} {
		var tree jsontree.Tree
		if v, _, ok := tree.Mend(src); ok {
			t.Errorf("Mend(%q) is a value of kind %v, want none", src, v.Kind())
		}
	}
}

// TestMendRest reads one value after another.
func TestMendRest(t *testing.T) {
	var tree jsontree.Tree
	rest, n := `{"a":"x",} ; [1,] <!-- --> {"a":"y" tail`, 0
	for {
		_, after, ok := tree.Mend(rest)
		if !ok {
			break
		}
		rest = after
		n++
	}
	if n != 3 {
		t.Errorf("%d values, want 3", n)
	}
}

// TestMendHard reads texts that would take long, or much memory, if what follows
// a quotation mark were looked for without bounds.
func TestMendHard(t *testing.T) {
	const n = 100_000
	for _, part := range []string{`"`, `"a`, `"a":"`, `{`, `[`, `{"a":[`, "]}", "//", "/*", "\"\n", `"a":"b"x, `, `"a":"b" "c", "d": `, ` `, `\`, `'"`, "“", `{"a":"b,"`} {
		var tree jsontree.Tree
		if v, rest, ok := tree.Mend(`{"k":"v","x":` + strings.Repeat(part, n)); !ok || v.Get("k").Text() != "v" {
			t.Errorf("%q: the member before is lost, %d bytes are left", part, len(rest))
		}
	}
}

// FuzzMend checks that what is sound is read as Add reads it, and that nothing
// else is more than the bounds allow.
func FuzzMend(f *testing.F) {
	for _, src := range samples {
		f.Add(src)
	}
	for _, c := range broken {
		f.Add(c.src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		var tree jsontree.Tree
		left := src
		for range 16 {
			v, rest, ok := tree.Mend(left)
			if !ok {
				break
			}
			if k := v.Kind(); k != jsontree.List && k != jsontree.Object {
				t.Fatalf("Mend(%q) is of kind %v", left, k)
			}
			walk(v)
			if len(rest) >= len(left) && !strings.Contains(left, "&") {
				t.Fatalf("Mend(%q) leaves %q", left, rest)
			}
			left = rest
		}
		var want any
		if !utf8.ValidString(src) || strings.ContainsAny(src, "&") || json.Unmarshal([]byte(src), &want) != nil {
			return
		}
		switch want.(type) {
		case map[string]any, []any:
			tree.Reset()
			v, _, _ := tree.Mend(src)
			if plainKeys(want) {
				same(t, src, v, want)
			}
		}
	})
}

// walk asks for every value that v holds by order.
func walk(v jsontree.Value) {
	if v.Kind() == jsontree.List {
		for e := range v.All() {
			walk(e)
		}
	}
	v.Text()
}

// plainKeys reports whether no string within v has what may end it early for a
// reader that expects faults: quotation marks or line breaks, or a name that is
// longer than any.
func plainKeys(v any) bool {
	switch v := v.(type) {
	case map[string]any:
		for key, e := range v {
			if !plainKeys(key) || len(key) > 50 || !plainKeys(e) {
				return false
			}
		}
	case []any:
		for _, e := range v {
			if !plainKeys(e) {
				return false
			}
		}
	case string:
		return !strings.ContainsAny(v, "\"\\\n\r ,:") && strings.IndexFunc(v, func(r rune) bool { return r < ' ' }) < 0
	}
	return true
}
