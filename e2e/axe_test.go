//go:build axe

package e2e

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestAxe finds no violation of a rule of axe-core on any kind of page, in light and dark.
// The variable AXE names the file of axe-core, which is no part of the program: tools/axe.sh
// fetches it.
func TestAxe(t *testing.T) {
	text, err := os.ReadFile(os.Getenv("AXE"))
	if err != nil {
		t.Fatalf("the variable AXE must name the file of axe-core, which tools/axe.sh fetches: %v", err)
	}
	source := string(text)
	b := newTab(t)
	article, _, _ := strings.Cut(firstArticle(t), "?")
	list := append(paths(t)[:9], article+"/correct", "/alerts", "/decisions", "/stories", "/sources", "/changes", "/timeline?q=", "/exchanges?q=", "/calendar?q=", "/nowhere")
	b.open(article)
	list = append(list, eval[string](b, capture))
	list = append(list, eval[[]string](b, `[...document.querySelectorAll("#names + ul a, .told .source a, .versions + a")].slice(0, 3).map((a) => a.pathname)`)...)
	for _, path := range list {
		for _, scheme := range []string{"light", "dark"} {
			b.do(command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}))
			b.open(path)
			eval[int](b, source+";0")
			eval[int](b, `axe.run(document, {resultTypes: ["violations"]}).then((r) => { window.found = r.violations }); 0`)
			for range 600 { // a minute
				if eval[bool](b, `window.found !== undefined`) {
					break
				}
				b.do(chromedp.Sleep(100 * time.Millisecond))
			}
			for _, v := range eval[[]string](b, `window.found.map((v) => v.id + ": " + v.help + ": " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | "))`) {
				t.Errorf("%s, %s: %s", path, scheme, v)
			}
		}
	}
	b.mu.Lock() // the console tells of the page that is not there
	b.trouble = nil
	b.mu.Unlock()
}
