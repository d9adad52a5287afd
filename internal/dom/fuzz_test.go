package dom_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"dateline/internal/dom"
)

// pieces are what FuzzParse makes pages of: a byte of its input is a piece.
var pieces = strings.Fields(`
	<!doctype_html> <html> <head> <body> </head> </body> </html> <title> </title> <script> </script> <style> </style>
	<p> </p> <div> </div> <b> </b> <i> </i> <a> </a> <a_href=1> <font_color=2> </font> <nobr> </nobr> <em_class=x> </em>
	<table> </table> <tbody> </tbody> <thead> <tr> </tr> <td> </td> <th> <caption> </caption> <col> <colgroup> </colgroup>
	<ul> </ul> <li> </li> <dl> <dt> <dd> </dl> <h1> <h2> </h1> <form> </form> <button> </button> <input_type=hidden> <input>
	<select> </select> <option> <optgroup> </option> <textarea> </textarea> <pre> </pre> <br> </br> <hr> <img> <image>
	<ruby> <rt> <rp> <rtc> <rb> </ruby> <object> </object> <applet> </applet> <svg> </svg> <math> </math> <mi> </mi>
	<desc> </desc> <foreignObject> </foreignObject> <annotation-xml_encoding=text/html> <circle_r=1/> <frameset> </frameset>
	<frame> <noframes> </noframes> <noscript> </noscript> <template> </template> <plaintext> <x-y> </x-y> <span> </span>
	<!--_c_--> </sarcasm> <meta> <link> <base> <iframe> </iframe> <section> </section> <article> <center> <marquee>
	x y _ &amp; &lt &notit; < </ <! z\n`)

// assemble makes a page of pieces.
func assemble(data []byte) string {
	var b strings.Builder
	for _, c := range data {
		b.WriteString(strings.NewReplacer("_", " ", `\n`, "\n").Replace(pieces[int(c)%len(pieces)]))
	}
	return b.String()
}

// differs names what in a page makes x/net/html read it otherwise than HTML
// asks for, or "".
func differs(page string, t *dom.Tree) string {
	page = strings.ToLower(page)
	has := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return strings.Contains(page, n) })
	}
	foreign, template := has("<svg", "<math"), has("<template")
	for _, d := range []struct {
		is  bool
		why string
	}{
		{t.Cut, "it refuses deep pages"},
		{has("</>"), "it makes a comment of an end tag without a name"},
		{has("\x00"), "it keeps some U+0000"},
		{openedInComment.MatchString(page), "it takes a script's comment to end at a '<' that begins no tag"},
		{has("<frameset"), "it skips to the end tag of a <textarea> that a frameset ignores"},
		{strings.LastIndex(page, "<!doctype") > 0 && has("</body"), "a doctype after the body leads it back into the body"},
		{template && has("<col"), "so it does in a template's columns"},
		{template && has("<table", "<tr", "<td", "<th", "<tbody", "<tfoot"), "it does not join texts that go from a table into a template"},
		{has("<caption") && has("<th>"), "a <th> does not end its captions"},
		{foreign && template, "it drops the rest of a page with a template beside foreign content"},
		{foreign && has("</p", "</br"), "it ignores </p> and </br> in foreign content"},
		{foreign && has("<html", "<tr", "<tbody", "<tfoot", "<thead"), "it takes foreign elements for parts of a table"},
		{foreign && has("<rt", "<rp", "<rb", "<option", "<optgroup"), "it closes foreign elements as if they were HTML's of that name"},
		{len(formattingTag.FindAllString(page, 3)) == 3, "it leaves the fourth element open that an end tag passes over"},
	} {
		if d.is {
			return d.why
		}
	}
	return ""
}

var (
	openedInComment = regexp.MustCompile(`(?s)<script.*<!--.*<[^a-z/]`)
	formattingTag   = regexp.MustCompile(`<(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[ \t\n\f/>]`)
)

// lines prints a tree as x/net/html's is printed by netLines.
func lines(t *dom.Tree) []string {
	out := make([]string, 0, t.Len())
	depth := make([]int, t.Len())
	for n := dom.ID(1); n < dom.ID(t.Len()); n++ {
		depth[n] = depth[t.Parent(n)] + 1
		if t.Tag(n) == dom.Text {
			out = append(out, fmt.Sprintf("%d %q", depth[n], t.Nodes[n].Text))
			continue
		}
		var attrs []string
		for _, a := range t.Attrs(n) {
			attrs = append(attrs, a.Name+"="+a.Value)
		}
		slices.Sort(attrs)
		out = append(out, fmt.Sprintf("%d %s<%s> %q", depth[n], t.Space(n), elementName(t, n), attrs))
	}
	return out
}

func netLines(page string) ([]string, error) {
	root, err := html.ParseWithOptions(strings.NewReader(page), html.ParseOptionEnableScripting(false))
	if err != nil {
		return nil, err
	}
	var out []string
	depth := 1
	for n := root.FirstChild; n != nil; {
		switch n.Type {
		case html.TextNode:
			out = append(out, fmt.Sprintf("%d %q", depth, n.Data))
		case html.ElementNode:
			var attrs []string
			for _, a := range n.Attr {
				name := a.Key
				if a.Namespace != "" {
					name = a.Namespace + ":" + name
				}
				if !slices.ContainsFunc(attrs, func(s string) bool { return strings.HasPrefix(s, name+"=") }) {
					attrs = append(attrs, name+"="+a.Val)
				}
			}
			slices.Sort(attrs)
			out = append(out, fmt.Sprintf("%d %s<%s> %q", depth, n.Namespace, n.Data, attrs))
		}
		if n.FirstChild != nil {
			n = n.FirstChild
			depth++
			continue
		}
		for n != root && n.NextSibling == nil {
			n = n.Parent
			depth--
		}
		n = n.NextSibling
	}
	return out, nil
}

// compare checks a page's tree against the one of x/net/html.
func compare(t *testing.T, page string) {
	t.Helper()
	tree := dom.Parse(page)
	defer tree.Release()
	checkShape(t, page, tree)
	if differs(page, tree) != "" {
		return
	}
	want, err := netLines(page)
	if err != nil {
		return
	}
	if got := lines(tree); !slices.Equal(got, want) {
		t.Errorf("Parse(%q) =\n%s\nx/net/html has\n%s", page, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// FuzzParse compares the tree of pages with the one of x/net/html: of the input
// itself and of a page that is assembled from pieces by it.
func FuzzParse(f *testing.F) {
	f.Add([]byte("<p>a<b>b<p>c</b>d<table>e<td>f"))
	f.Add([]byte("<svg><title>&amp</title></svg><script><!--<script></script>--></script>"))
	f.Add([]byte{13, 15, 17, 13, 18, 29, 30, 33, 20})
	f.Fuzz(func(t *testing.T, data []byte) {
		compare(t, string(data))
		compare(t, assemble(data))
	})
}
