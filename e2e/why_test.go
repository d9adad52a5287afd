package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestWhy(t *testing.T) { why(newTab(t)) }

func TestWhyWithoutScripts(t *testing.T) {
	why(newTab(t, command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})))
}

// why opens a "Why?" of an article by keyboard, goes from there to what else was
// weighed, which stands open, and to the paragraphs that were left out.
func why(b *tab) {
	b.t.Helper()
	b.open(firstArticle(b.t))
	article := eval[string](b, `document.querySelector("h1").textContent`)
	is(b, `document.querySelectorAll(".fields .why").length > 3`, true)
	is(b, `document.querySelectorAll(".fields .why[open]").length`, 0)
	b.do(focus(".fields .why summary"), keys(kb.Enter), chromedp.WaitVisible(chromedp.CSS(".fields .why[open] a")))
	b.leave(follow(".fields .why[open] a"))
	is(b, `document.querySelector("h1").textContent`, article)
	is(b, `document.querySelector(":target").id`, "field-headline")
	is(b, `document.querySelectorAll("details[open]").length == document.querySelectorAll(":target details").length`, true)
	is(b, `document.querySelectorAll("[id=left-out]").length`, 1)
	b.leave(follow("h1 a"))
	b.leave(follow(".missing a"))
	is(b, `document.querySelector(":target").id`, "left-out")
	is(b, `[...document.querySelectorAll("[aria-labelledby=left-out] .blocks li .where")].every((e) => e.textContent.includes("body/"))`, true)
}

// TestWhyThisSpeaker goes from a statement to whom else its words could mean.
func TestWhyThisSpeaker(t *testing.T) {
	b := newTab(t)
	b.open(speakerPath(t))
	b.leave(click(".quotes .words"))
	b.do(focus(".told .why summary"), keys(kb.Enter), chromedp.WaitVisible(chromedp.CSS(".told .why[open] a")))
	b.leave(follow(".told .why[open] a"))
	is(b, `document.querySelector(":target").className`, "because")
	is(b, `document.querySelector(":target details").open`, true)
	is(b, `document.querySelectorAll(":target .tried li").length > 0`, true)
	is(b, `document.querySelectorAll("details[open]").length`, 1)
}
