package dom

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// A tokenCase is one case of a .test file of html5lib.
type tokenCase struct {
	Description   string
	Input         string
	Output        [][]any
	InitialStates []string
	LastStartTag  string
	DoubleEscaped bool
}

var escapedUnit = regexp.MustCompile(`\\u[0-9a-fA-F]{4}`)

// unescapeUnits reads \uXXXX once more, as "doubleEscaped" asks for. It is not
// ok if the case is about half a surrogate pair, which UTF-8 cannot hold.
func unescapeUnits(s string) (string, bool) {
	ok := true
	s = escapedUnit.ReplaceAllStringFunc(s, func(u string) string {
		n, _ := strconv.ParseUint(u[2:], 16, 32)
		ok = ok && utf8.ValidRune(rune(n))
		return string(rune(n))
	})
	return s, ok
}

// tokens runs the tokenizer alone and prints its tokens in the html5lib format.
func tokens(page string, state content, last string) [][]any {
	page = newlines(page)
	z := tokenizer{page: page, most: mostNodes(page), amp: -1, nul: strings.Contains(page, "\x00"), content: state, last: last}
	var out [][]any
	add := func(text string) {
		if n := len(out); n > 0 && out[n-1][0] == "Character" {
			out[n-1][1] = out[n-1][1].(string) + text
		} else if text != "" {
			out = append(out, []any{"Character", text})
		}
	}
	for {
		switch z.next(); z.kind {
		case eofToken:
			return out
		case textToken:
			add(z.text)
		case startToken:
			attrs := map[string]any{}
			for _, a := range z.attrs[z.attr:] {
				attrs[a.Name] = a.Value
			}
			token := []any{"StartTag", z.name, attrs}
			if z.selfClosing {
				token = append(token, true)
			}
			out = append(out, token)
		case endToken:
			out = append(out, []any{"EndTag", z.name})
		case commentToken:
			out = append(out, []any{"Comment", strings.ReplaceAll(z.name, "\x00", "\uFFFD")})
		case doctypeToken:
			d := parseDoctype(z.name)
			token := []any{"DOCTYPE", nil, nil, nil, !d.broken}
			if d.name != "" {
				token[1] = d.name
			}
			if d.hasPublic {
				token[2] = d.public
			}
			if d.hasSystem {
				token[3] = d.system
			}
			out = append(out, token)
		}
	}
}

var initialStates = map[string]content{
	"Data state":        dataContent,
	"RCDATA state":      rcdataContent,
	"RAWTEXT state":     rawContent,
	"Script data state": scriptContent,
	"PLAINTEXT state":   plainContent,
}

// TestTokens runs the tokenizer cases of html5lib.
func TestTokens(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "golang.org/x/net").Output()
	if err != nil {
		t.Fatalf("go list -m golang.org/x/net: %v", err)
	}
	list, err := os.ReadFile("testdata/known.txt")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(out)), "html/testdata/html5lib-tests/tokenizer/*.test"))
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var set struct{ Tests []tokenCase }
		if err := json.Unmarshal(data, &set); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for i, c := range set.Tests {
			if len(c.InitialStates) == 0 {
				c.InitialStates = []string{"Data state"}
			}
			for _, name := range c.InitialStates {
				state, ok := initialStates[name]
				if !ok {
					continue // a CDATA section, which has no state of its own here
				}
				ran++
				id := fmt.Sprintf("%s/%d %s", filepath.Base(file), i+1, strings.TrimSuffix(name, " state"))
				known := strings.Contains(string(list), "\n"+id+": ")
				got, want, readable := runTokenCase(c, state)
				if same := readable && reflect.DeepEqual(got, want); same && known {
					t.Errorf("%s passes: take it off known.txt", id)
				} else if !same && !known {
					t.Errorf("%s (%s): tokens of %q = %q, want %q", id, c.Description, c.Input, got, want)
				}
			}
		}
	}
	t.Logf("%d cases", ran)
	if ran < 6800 {
		t.Errorf("ran %d cases, want 6800 and more", ran)
	}
}

func runTokenCase(c tokenCase, state content) (got, want [][]any, readable bool) {
	input, last := c.Input, c.LastStartTag
	if last == "" {
		last = "no tag"
	}
	readable = true
	if c.DoubleEscaped {
		input, readable = unescapeUnits(input)
		for _, token := range c.Output {
			for i, v := range token {
				switch v := v.(type) {
				case string:
					token[i], _ = unescapeUnits(v)
				case map[string]any:
					for _, name := range slices.Collect(maps.Keys(v)) {
						value := v[name].(string)
						delete(v, name)
						name, _ = unescapeUnits(name)
						v[name], _ = unescapeUnits(value)
					}
				}
			}
		}
	}
	for _, token := range c.Output {
		if n := len(want); token[0] == "Character" && n > 0 && want[n-1][0] == "Character" {
			want[n-1][1] = want[n-1][1].(string) + token[1].(string)
		} else {
			want = append(want, token)
		}
	}
	return tokens(input, state, last), want, readable
}

// TestReferences compares the table of references with that of x/net/html.
func TestReferences(t *testing.T) {
	if n := len(namedReferences()); n != 2231 {
		t.Errorf("%d named references, want 2231", n)
	}
	for name, meaning := range namedReferences() {
		if want := html.UnescapeString("&" + name); meaning != want {
			t.Errorf("&%s means %q, want %q", name, meaning, want)
		}
		if !strings.HasSuffix(name, ";") && len(name) > longestBare || len(name) > longestReference {
			t.Errorf("&%s is longer than any reference", name)
		}
	}
}

// TestNames looks up every name that has a number.
func TestNames(t *testing.T) {
	for n := Other + 1; n < tagCount; n++ {
		if got := Tag(tagTable.find(pack(tagNames[n]), tagNames[n], false)); got != n {
			t.Errorf("find(%q) = %d, want %d", tagNames[n], got, n)
		}
	}
	for n := OtherKey + 1; n < keyCount; n++ {
		if got := Key(keyTable.find(pack(keyNames[n]), keyNames[n], false)); got != n {
			t.Errorf("find(%q) = %d, want %d", keyNames[n], got, n)
		}
	}
}
