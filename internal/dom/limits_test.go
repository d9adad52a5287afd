package dom_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"dateline/internal/dom"
)

// numbered repeats a pattern with a number in it.
func numbered(pattern string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, pattern, i)
	}
	return b.String()
}

// TestHostile parses pages that make a careless parser's work or tree grow
// faster than the page.
func TestHostile(t *testing.T) {
	r := strings.Repeat
	const n = 20000
	for name, page := range map[string]string{
		"deep":                        r("<div>", n) + "end",
		"deep in a table":             r("<table><td>", n) + "end",
		"deep in foreign content":     r("<svg><g>", n) + "end",
		"deep in templates":           r("<template><td>", n) + "end",
		"deep framesets":              r("<frameset>", n),
		"deep scripts":                r("<div>", 600) + r("<script>a<b</script><title>c</title>", n) + "end",
		"formatting left open":        numbered("<b id=%d>", n) + r("<p>x", n) + "end",
		"formatting around blocks":    r("<b><p>x</b>", n) + "end",
		"formatting around deep":      r("<b><i><div>", n) + r("</b></i>x", n) + "end",
		"links within links":          r("<a href=1><div>", n) + "end",
		"text before a table":         "<table>" + r("x<td>y</z>y</td>", n) + "end",
		"text in pieces":              r("a</z>", n) + "end",
		"tables in formatting":        r("<table><b>x", n) + "end",
		"ends of nothing":             r("<x>", 500) + r("</y></section></p></a>", n) + "end",
		"ends of nothing, foreign":    "<svg>" + r("<g>", 450) + r("</q></y>", n) + "end",
		"attributes":                  "<p " + numbered("a%d ", n) + ">end",
		"attributes of html and body": numbered("<html a%d><body b%[1]d>", n) + "end",
		"comments":                    r("<!--->", n) + "end<!--" + r("-", n),
		"scripts in scripts":          "end<script>" + r("<!--<script>", n),
		"end tags of scripts":         "end<script>" + r("</script", n),
		"references":                  r("&", n) + r("&abcdefghijklmnopqrstuvwxyz0123456789", n) + "end",
		"quotes":                      "end" + r("<p a='", n),
		"ruby":                        "<ruby>" + r("<rt>x", n) + "</ruby>end",
		"forms":                       r("<form><div></form>", n) + "end",
		"selects":                     r("<select><option>x", n) + "</select>end",
	} {
		tree := dom.Parse(page)
		checkShape(t, name, tree)
		if most := len(page) + 1000; tree.Len() > most {
			t.Errorf("%s: %d nodes of %d bytes", name, tree.Len(), len(page))
		}
		if text := tree.Raw(0); name != "deep framesets" && !strings.Contains(text, "end") {
			t.Errorf("%s: text ends in %.20q, want all of it", name, text[max(0, len(text)-20):])
		}
		tree.Release()
	}
}

// TestMost parses pages with more elements and attributes than are read.
func TestMost(t *testing.T) {
	const n = 400_000
	for _, c := range []struct {
		piece string
		cut   bool
	}{
		{"<p>a</p>", true}, {"<p id=a>" + strings.Repeat(" ", 60), false}, {"<p id=a class=b>" + strings.Repeat("a", 40), true}, {strings.Repeat("a", 30) + "<br>", true},
	} {
		page := strings.Repeat(c.piece, n)
		tree := dom.Parse(page)
		attributes := 0
		for i := range tree.Nodes {
			attributes += len(tree.Attrs(dom.ID(i)))
		}
		if most := 100_010 + len(page)/32; tree.Len() > most || attributes > most {
			t.Errorf("%d of %.20q: %d nodes and %d attributes, want at most %d", n, c.piece, tree.Len(), attributes, most)
		}
		if tree.Cut != c.cut {
			t.Errorf("%d of %.20q: Cut is %v", n, c.piece, tree.Cut)
		}
		tree.Release()
	}
}

// TestRelease parses from several goroutines pages whose strings are kept after
// their trees are released.
func TestRelease(t *testing.T) {
	pages := make([]string, 50)
	for i := range pages {
		pages[i] = fmt.Sprintf("<title>No. %d</title>", i) + numbered("<p Class='A%d &gt;'>%[1]d &lt; &eacute;</x>!<B>\r\n</b>", i*20)
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			kept := make([][]string, len(pages))
			for i, page := range pages {
				tree := dom.Parse(page)
				for n := range tree.Nodes {
					kept[i] = append(kept[i], tree.Nodes[n].Text, tree.Attr(dom.ID(n), dom.Class))
				}
				tree.Release()
			}
			for i, page := range pages {
				var again []string
				tree := dom.Parse(page)
				for n := range tree.Nodes {
					again = append(again, tree.Nodes[n].Text, tree.Attr(dom.ID(n), dom.Class))
				}
				if !slices.Equal(kept[i], again) {
					t.Errorf("page %d: strings kept after Release differ from those of a new tree", i)
				}
			}
		})
	}
	group.Wait()
}
