package dom_test

import (
	"fmt"
	"strings"
	"testing"

	"dateline/internal/dom"
)

// outline prints a tree: a line an element or text, a space a level.
func outline(t *dom.Tree) string {
	var b strings.Builder
	for n := dom.ID(1); n < dom.ID(t.Len()); n++ {
		for up := t.Parent(n); up != 0; up = t.Parent(up) {
			b.WriteByte(' ')
		}
		if t.Tag(n) == dom.Text {
			fmt.Fprintf(&b, "%q\n", t.Nodes[n].Text)
			continue
		}
		name := t.Tag(n).String()
		if name == "" {
			name = t.Nodes[n].Text
		}
		b.WriteString(name)
		for _, a := range t.Attrs(n) {
			fmt.Fprintf(&b, " %s=%q", a.Name, a.Value)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestParse(t *testing.T) {
	const page = `<!doctype html><title>A &amp; B</title><p class="x" data-n=1>one<p>two<my-box><br></my-box><!-- no -->`
	want := `html
 head
  title
   "A & B"
 body
  p class="x" data-n="1"
   "one"
  p
   "two"
   my-box
    br
`
	if got := outline(dom.Parse(page)); got != want {
		t.Errorf("Parse(%q) =\n%swant\n%s", page, got, want)
	}
}

// checkShape checks that the indices of a tree agree with each other.
func checkShape(t *testing.T, name string, tree *dom.Tree) {
	t.Helper()
	if tree.Len() == 0 || tree.End(0) != dom.ID(tree.Len()) {
		t.Fatalf("%.200q: the document ends at %d of %d nodes", name, tree.End(0), tree.Len())
	}
	open := []dom.ID{0}
	for n := dom.ID(1); n < dom.ID(tree.Len()); n++ {
		for tree.End(open[len(open)-1]) <= n {
			open = open[:len(open)-1]
		}
		up := open[len(open)-1]
		if tree.Parent(n) != up || !tree.Within(n, up) || tree.End(n) > tree.End(up) || tree.End(n) <= n {
			t.Fatalf("%.200q: node %d [%d, %d) has parent %d and lies in %d [%d, %d)", name, n, n, tree.End(n), tree.Parent(n), up, up, tree.End(up))
		}
		if next := tree.Next(n); next != 0 && (tree.Parent(next) != up || next != tree.End(n)) {
			t.Fatalf("%.200q: node %d has next %d", name, n, next)
		}
		if first := tree.First(n); first != 0 && tree.Parent(first) != n {
			t.Fatalf("%.200q: node %d has first child %d of %d", name, n, first, tree.Parent(first))
		}
		open = append(open, n)
	}
}

func TestShape(t *testing.T) {
	for _, page := range []string{
		"",
		"only text",
		"<b><i>x</b>y</i><table><p>z</table>",
		"<html><head></head> <title>late</title><body>x",
		"<table><tr><b>1<td>2</b>3</table><frameset>",
		strings.Repeat("<div>", 3000) + "x",
		strings.Repeat("<b id=1><i>", 500) + strings.Repeat("<p>x", 500),
		strings.Repeat("<ul><li>a<li>b", 600),
		`<div class="a`,
	} {
		checkShape(t, page, dom.Parse(page))
	}
}

func TestDeepKeepsText(t *testing.T) {
	for _, levels := range []int{600, 1000, 100000} {
		tree := dom.Parse(strings.Repeat("<div>", levels) + "<p>in the deep</p>" + strings.Repeat("</div>", levels) + "<p>after")
		if got := tree.Text(0); got != "in the deep after" {
			t.Errorf("%d levels: text %q, want %q", levels, got, "in the deep after")
		}
		if !tree.Cut {
			t.Errorf("%d levels: Cut is false", levels)
		}
	}
}

func TestText(t *testing.T) {
	for _, tc := range []struct{ page, want string }{
		{"<p>a  b\n c</p><p>d</p>", "a b c d"},
		{"<p>a<b>b</b>c</p>", "abc"},
		{"<p>a<br>b</p><script>x</script>", "a b"},
		{"<p>soft\u00adhyphen, no\u00a0break, zero\u200bwidth</p>", "softhyphen, no break, zerowidth"},
		{"<ul><li>a<li>b</ul>", "a b"},
		{"<ruby>東<rp>(</rp><rt>とう</rt><rp>)</rp></ruby>", "東"},
		{"<ruby>東<rp>（</rp><rt>とう</rt><rp>）</rp></ruby>", "東（とう）"},
		{"<ruby>東<rt>とう</rt></ruby>京", "東京"},
	} {
		if got := dom.Parse(tc.page).Text(0); got != tc.want {
			t.Errorf("text of %q = %q, want %q", tc.page, got, tc.want)
		}
	}
}

func TestDecode(t *testing.T) {
	for _, tc := range []struct{ name, page, header, want string }{
		{"ASCII", "abc", "", "abc"},
		{"header", "caf\xe9", "iso-8859-1", "café"},
		{"header against meta", "<meta charset=utf-8>\xe9\xc0", "windows-1251", "<meta charset=utf-8>йА"},
		{"meta", "<meta charset=windows-1251>\xe9\xc0", "", "<meta charset=windows-1251>йА"},
		{"valid UTF-8 beats the header", "café", "iso-8859-1", "café"},
		{"nothing declared", "caf\xe9", "", "café"},
		{"Shift JIS", "<meta charset=Shift_JIS>\x8d\x60", "", "<meta charset=Shift_JIS>港"},
		{"cut within a character", strings.Repeat("café ", 20) + "\xc3", "utf-8", strings.Repeat("café ", 20) + "\uFFFD"},
		{"mark", "\xef\xbb\xbfcafé", "iso-8859-1", "café"},
		{"UTF-16 big endian", "\xfe\xff\x00c\x00a\x00f\x00\xe9", "", "café"},
	} {
		if got := dom.Decode([]byte(tc.page), tc.header); got != tc.want {
			t.Errorf("%s: Decode(%q, %q) = %q, want %q", tc.name, tc.page, tc.header, got, tc.want)
		}
	}
}
