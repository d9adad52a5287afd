package e2e

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp/kb"
)

// speakerPath returns the search for the speaker in most articles of the demo.
func speakerPath(t *testing.T) string {
	t.Helper()
	res, err := http.Get(site + "/search.json?q=")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var found struct {
		Facets []struct {
			Name   string
			Values []struct{ Query string }
		}
	}
	if err := json.NewDecoder(res.Body).Decode(&found); err != nil {
		t.Fatal(err)
	}
	for _, f := range found.Facets {
		if f.Name == "who" && len(f.Values) > 0 {
			return "/search?q=" + url.QueryEscape(f.Values[0].Query)
		}
	}
	t.Fatal("the demo has no speaker")
	return ""
}

func TestWhoSaidWhat(t *testing.T) {
	b := newTab(t)
	whoSaidWhat(b)
}

func TestWhoSaidWhatWithoutScripts(t *testing.T) {
	b := newTab(t, command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	whoSaidWhat(b)
}

// target is the text of what the address points at.
const target = `document.querySelector(":target").textContent`

// whoSaidWhat goes from a search for a speaker to the words in an article, to
// the citation, to the speaker, and back to the words.
func whoSaidWhat(b *tab) {
	b.t.Helper()
	b.open(speakerPath(b.t))
	is(b, total+` > 0`, true)
	name := eval[string](b, `document.querySelector(".quotes .by").textContent`)
	words := eval[string](b, `document.querySelector(".quotes .words").textContent`)
	b.leave(click(".quotes .words"))
	part := eval[string](b, target)
	if !strings.Contains(words, strings.Fields(part)[0]) {
		b.t.Errorf("the link of %q leads to %q", words, part)
	}
	is(b, `document.querySelector(":target").className`, "said asked")

	// From the words to the list beside them and back, by keyboard.
	b.do(follow(".text .ref"))
	is(b, `document.querySelector(":target").closest(".told") != null`, true)
	b.do(keys(kb.Tab), keys(kb.Tab), keys(kb.Enter))
	is(b, `document.querySelector(":target").classList.contains("said")`, true)

	// The citation, and from there to the words again.
	b.leave(follow(".told .source a"))
	is(b, `document.querySelectorAll(".citation pre").length`, 5)
	is(b, `JSON.parse(document.querySelector("#annotation ~ pre").textContent).type`, "Annotation")
	cited := eval[string](b, `document.querySelector("blockquote").textContent`)
	b.leave(follow(".go .button"))
	if part := eval[string](b, target); !strings.Contains(cited, strings.Fields(part)[0]) {
		b.t.Errorf("the citation of %q leads to %q", cited, part)
	}

	// The speaker.
	b.open(speakerPath(b.t))
	b.leave(click(".quotes .by"))
	is(b, `document.querySelector("h1").textContent`, name)
	is(b, `document.querySelectorAll(".sayings > li").length > 0`, true)
	shown := eval[int](b, `document.querySelectorAll(".sayings > li").length`)
	n := eval[int](b, `parseInt(document.querySelector("#facet-publisher ~ ul .n").textContent)`)
	b.leave(click("#facet-publisher ~ ul a"))
	is(b, `document.querySelectorAll(".sayings > li").length`, n)
	b.leave(click(".chips a"))
	is(b, `document.querySelectorAll(".sayings > li").length`, shown)
	b.leave(click(".prints .meta span:nth-child(2) a"))
	is(b, `document.querySelector(":target").className`, "said")
}

// TestSameWordsOfSeveralOutlets finds what an agency and two papers print on
// the speaker's page once.
func TestSameWordsOfSeveralOutlets(t *testing.T) {
	b := newTab(t)
	b.open("/search?q=said:%22searching+for+the+living%22")
	b.leave(click(".quotes .by"))
	is(b, `[...document.querySelectorAll(".sayings > li")].some((li) => li.querySelectorAll(".prints > li").length > 1)`, true)
}

// TestMarksShowTheirReasons points at the number behind a statement.
func TestMarksShowTheirReasons(t *testing.T) {
	b := newTab(t)
	b.open(speakerPath(t))
	b.leave(click(".quotes .words"))
	b.do(focus(".text .ref"))
	is(b, `getComputedStyle(document.activeElement, "::after").content.includes("quote/")`, true)
}
