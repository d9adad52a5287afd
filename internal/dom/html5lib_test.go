package dom_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dateline/internal/dom"
)

// casesDir returns the folder of the test data of golang.org/x/net/html, which
// has the html5lib cases. The module is in the module cache of whoever has
// built this one.
func casesDir(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "golang.org/x/net").Output()
	if err != nil {
		t.Fatalf("go list -m golang.org/x/net: %v", err)
	}
	return filepath.Join(strings.TrimSpace(string(out)), "html", "testdata")
}

// known reads testdata/known.txt: the cases that are known to differ, each with
// its reason.
func known(t *testing.T) map[string]string {
	t.Helper()
	f, err := os.Open("testdata/known.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m := map[string]string{}
	for s := bufio.NewScanner(f); s.Scan(); {
		if line := s.Text(); line != "" && line[0] != '#' {
			name, reason, _ := strings.Cut(line, ": ")
			m[name] = reason
		}
	}
	return m
}

// A treeCase is one case of a .dat file.
type treeCase struct {
	name                string // "tests1.dat/3", counted from 1
	page, want          string
	fragment, scripting bool
}

// readTreeCases reads a .dat file: parts that begin with a line of '#' and a
// word, the first of each case being #data.
func readTreeCases(t *testing.T, path string) []treeCase {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var cases []treeCase
	for i, text := range strings.Split("\n"+strings.TrimRight(string(data), "\n")+"\n", "\n#data\n")[1:] {
		c := treeCase{name: fmt.Sprintf("%s/%d", filepath.Base(path), i+1)}
		var page string
		page, text, _ = strings.Cut("\n"+text, "\n#errors")
		c.page = strings.TrimPrefix(page, "\n")
		head, want, _ := strings.Cut(text, "\n#document\n")
		c.want = strings.TrimRight(want, "\n") + "\n"
		c.fragment = strings.Contains(head, "\n#document-fragment\n")
		c.scripting = strings.Contains(head, "\n#script-on")
		cases = append(cases, c)
	}
	return cases
}

// withoutComments leaves out of a tree in the html5lib format what a dom.Tree
// does not have: comments and the doctype.
func withoutComments(tree string) string {
	var b strings.Builder
	within := false
	for line := range strings.Lines(tree) {
		node := strings.TrimLeft(strings.TrimPrefix(line, "|"), " ")
		switch {
		case within:
			within = !strings.HasSuffix(line, " -->\n")
		case strings.HasPrefix(line, "|") && strings.HasPrefix(node, "<!-- "):
			within = !strings.HasSuffix(line, " -->\n")
		case strings.HasPrefix(line, "|") && strings.HasPrefix(node, "<!DOCTYPE"):
		default:
			b.WriteString(line)
		}
	}
	return b.String()
}

// html5libTree prints a tree in the html5lib format.
func html5libTree(t *dom.Tree) string {
	var b strings.Builder
	for n := dom.ID(1); n < dom.ID(t.Len()); n++ {
		indent := "| "
		for up := t.Parent(n); up != 0; up = t.Parent(up) {
			indent += "  "
			if t.Tag(up) == dom.Template && t.Space(up) == "" {
				indent += "  "
			}
		}
		if t.Tag(n) == dom.Text {
			fmt.Fprintf(&b, "%s\"%s\"\n", indent, t.Nodes[n].Text)
			continue
		}
		name := elementName(t, n)
		if s := t.Space(n); s != "" {
			name = s + " " + name
		}
		fmt.Fprintf(&b, "%s<%s>\n", indent, name)
		var attrs []string
		for _, a := range t.Attrs(n) {
			name := a.Name
			if t.Space(n) != "" {
				name = foreignAttribute(name)
			}
			attrs = append(attrs, fmt.Sprintf("%s  %s=\"%s\"\n", indent, name, a.Value))
		}
		slices.Sort(attrs)
		for _, a := range attrs {
			b.WriteString(a)
		}
		if t.Tag(n) == dom.Template && t.Space(n) == "" {
			fmt.Fprintf(&b, "%s  content\n", indent)
		}
	}
	return b.String()
}

func elementName(t *dom.Tree, n dom.ID) string {
	if name := t.Tag(n).String(); name != "" {
		return name
	}
	return t.Nodes[n].Text
}

// foreignAttribute prints the name of a foreign element's attribute as html5lib
// does if HTML gives it a namespace, which a dom.Tree leaves in its name.
func foreignAttribute(name string) string {
	switch name {
	case "xlink:actuate", "xlink:arcrole", "xlink:href", "xlink:role", "xlink:show", "xlink:title", "xlink:type", "xml:lang",
		"xml:space", "xmlns:xlink":
		return strings.Replace(name, ":", " ", 1)
	}
	return name
}

// TestTrees runs the tree construction cases of html5lib that parse whole
// pages without scripting.
func TestTrees(t *testing.T) {
	knownCases := known(t)
	dir := casesDir(t)
	var files []string
	for _, pattern := range []string{"html5lib-tests/tree-construction/*.dat", "go/*.dat"} {
		found, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(found) == 0 {
			t.Fatalf("no cases in %s (%v)", filepath.Join(dir, pattern), err)
		}
		files = append(files, found...)
	}
	ran := 0
	for _, file := range files {
		for _, c := range readTreeCases(t, file) {
			if c.fragment || c.scripting {
				continue
			}
			ran++
			got, want := html5libTree(dom.Parse(c.page)), withoutComments(c.want)
			reason, isKnown := knownCases[c.name]
			switch {
			case got != want && !isKnown:
				t.Errorf("%s: Parse(%q) =\n%swant\n%s", c.name, c.page, got, want)
			case got == want && isKnown:
				t.Errorf("%s passes: take it off known.txt (%s)", c.name, reason)
			}
		}
	}
	t.Logf("%d cases", ran)
	if ran < 1400 {
		t.Errorf("ran %d cases, want 1400 and more", ran)
	}
}
