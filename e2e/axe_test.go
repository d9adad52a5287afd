package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// axeVersion is the release of axe-core, from npm, that pages are checked with. It is
// fetched by this test and no part of the program.
const axeVersion = "4.14.1"

// axe returns the source of axe-core: the file that the variable AXE names, or what npm
// fetches.
func axe(t *testing.T) string {
	t.Helper()
	if name := os.Getenv("AXE"); name != "" {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	npm, err := exec.LookPath("npm")
	if err != nil {
		t.Skip("axe-core comes from npm, which is not installed")
	}
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), npm, "install", "--no-save", "--ignore-scripts", "--prefix", dir, "axe-core@"+axeVersion)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("axe-core cannot be fetched from npm: %v\n%s", err, out)
	}
	text, err := os.ReadFile(filepath.Join(dir, "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestAxe finds no violation of a rule of axe-core on any kind of page, in light and dark.
func TestAxe(t *testing.T) {
	source := axe(t)
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
