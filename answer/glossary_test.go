package answer_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"dateline/answer"
	"dateline/extract"
	"dateline/extract/body"
)

// ruleName is the form of the names of ways and rules.
var ruleName = regexp.MustCompile(`^(byline|headline|date|deck|tags|body|page|quote|when|who|on|entity|event|hedge|timeline|copy|story)[/:][a-z0-9-]+$`)

// printable returns every name of a way or rule that stands in the code that reads
// pages and texts, and in the rules of languages: name → where it stands.
func printable(t *testing.T) map[string]string {
	t.Helper()
	names := map[string]string{}
	for _, root := range []string{"../extract", "../understand", "../relate"} {
		err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if name, err := strconv.Unquote(lit.Value); err == nil && ruleName.MatchString(name) {
						names[name] = path
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	files, err := filepath.Glob("../internal/words/*/when.rules")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			// NAME ACTION …: PATTERN; what only bars or widens another rule finds nothing itself.
			f := strings.Fields(line)
			if len(f) < 2 || strings.ContainsAny(f[0], "#@") || strings.HasPrefix(f[1], "none") || strings.HasPrefix(f[1], "before-") {
				continue
			}
			names["when/"+f[0]] = path
		}
	}
	return names
}

// TestEveryNameHasASentence wants, for each name that the code can print as the
// evidence of a field, the reason of a block or the rule of a finding, a sentence
// of its own.
func TestEveryNameHasASentence(t *testing.T) {
	names := printable(t)
	for _, w := range extract.Ways() {
		names[w.Name] = "extract.Ways"
	}
	for _, w := range body.Ways() {
		names[w.Name] = "body.Ways"
	}
	kinds := map[string]int{}
	for name, where := range names {
		kind, _, _ := strings.Cut(name, "/")
		kinds[kind]++
		var says string
		switch kind {
		case "quote", "when", "entity", "on", "who", "event", "hedge", "timeline", "copy", "story":
			says = answer.RuleMeans(name)
		case "body":
			says = answer.BlockMeans(name)
		default:
			says = answer.EvidenceMeans("headline", name)
		}
		if says == "" || strings.Contains(says, name) || strings.Contains(says, "its name in the program") {
			t.Errorf("%s (%s) has no sentence: %q", name, where, says)
		}
	}
	for kind, least := range map[string]int{"byline": 10, "date": 3, "deck": 2, "tags": 3, "body": 10, "quote": 20, "entity": 20, "when": 40, "on": 2} {
		if kinds[kind] < least {
			t.Errorf("%d names of %s/ were found in the code, want %d at least: are they written in another way now?", kinds[kind], kind, least)
		}
	}
	for _, name := range answer.Rules() {
		if names[name] == "" {
			t.Errorf("the glossary explains %s, which no code prints", name)
		}
	}
}
