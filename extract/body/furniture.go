package body

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline"
	"dateline/extract/page"
	"dateline/internal/dom"
	"dateline/internal/text"
	"dateline/internal/words"
)

// Lines that are no text whatever stands around them: they announce advertisements,
// lead to other articles, invite readers to subscribe, are buttons or credits. The
// model is not asked, since among the paragraphs of a text they look like one.

// Visible bytes of such lines; longer ones are paragraphs that speak of the same things.
const (
	longAd      = 100
	longButton  = 60
	longLead    = 200
	longInvite  = 320
	longPlayer  = 220
	longCredit  = 120
	longCaption = 400
)

// furniture are the kinds of such lines, by what the deciders of an explanation say.
var furniture = [...]struct {
	Way
	is func(b *page.Block, low string) bool // low is the text in small letters, without marks before it
}{
	{Way{"body/advertisement", "it announces an advertisement, or says that the text goes on behind one"}, isAdLine},
	{Way{"body/button", "it is the name of a button: share, print, read more"}, isButton},
	{Way{"body/leads-elsewhere", "it announces another article and names it"}, leadsElsewhere},
	{Way{"body/invitation", "it invites readers to subscribe, to follow or to write"}, isInvitation},
	{Way{"body/player", "a player, or a page without scripts, says it in place of itself"}, isPlayerLine},
	{Way{"body/picture-credit", "it says who made a picture"}, isCreditLine},
	{Way{"body/rights", "it says who owns the text"}, isRightsLine},
}

// marksBefore stand before a line of furniture.
const marksBefore = " \u00a0\u200b>»–—-•*▶►→|(:[【［（■□▼▽▲△●○◆◇★☆〉＞・↓⬇«‹"

// furnitureOf returns which kind of furniture a block is, nil if it is none.
func furnitureOf(b *page.Block) *Way {
	if b.Kind != dateline.Paragraph && b.Kind != dateline.Item && b.Kind != dateline.Quotation || b.Size > longInvite {
		return nil
	}
	low := text.Lower(strings.TrimLeft(b.Text, marksBefore))
	for i := range furniture {
		if furniture[i].is(b, low) {
			return &furniture[i].Way
		}
	}
	return nil
}

var (
	adWords    = words.NewSet("ad-word")
	adBeside   = words.NewSet("ad-beside")
	adContinue = words.NewSet("ad-continues")
)

func isAdLine(b *page.Block, low string) bool {
	if b.Size > longAd || b.Kind == dateline.Item {
		return false
	}
	if adWords.Has(bare(low)) {
		return true
	}
	count, ads, continues := 0, 0, 0
	for w := range strings.FieldsFuncSeq(low, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }) {
		count++
		switch {
		case adWords.Has(w):
			ads++
		case adContinue.Has(w):
			continues++
		case !adBeside.Has(w):
			return false
		}
	}
	return ads > 0 || continues > 0 && count > 2 && !text.Ends(b.Text)
}

// bare returns a line without marks, spaces and dots at its ends.
func bare(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

var buttonLines = words.NewSet("button-line")

// isButton looks at the words of a line; a button may say how many there are, or how long
// it takes: "Comments (23)", "Listen to this article 4 min".
func isButton(b *page.Block, low string) bool {
	if b.Kind != dateline.Paragraph || b.Size > longButton || strings.HasSuffix(low, ":") {
		return false
	}
	if buttonLines.Has(bare(low)) || buttonLines.Has(strings.Trim(bare(low), "0123456789([ ")) {
		return true
	}
	at := strings.IndexAny(low, "0123456789")
	return at > 0 && buttonLines.Has(bare(low[:at])) && counters.Has(strings.Trim(bare(low[at:]), "0123456789:., "))
}

// counters are the words behind a number of readers, comments or minutes.
var counters = words.NewSet("counter")

var readAlso = words.NewPhrases("read-also")

func leadsElsewhere(b *page.Block, low string) bool {
	if b.Size > longLead {
		return false
	}
	for _, w := range readAlso.Begin(low) {
		rest, ok := strings.CutPrefix(low, w)
		if !ok {
			continue
		}
		title := strings.TrimLeft(rest, " \u00a0")
		mark, n := utf8.DecodeRuneInString(title)
		named := len(title) > n
		marked := named && strings.ContainsRune(":：】]］|→»>▶►–—-", mark)
		linked := named && b.Link > 0 && b.Size-b.Link <= len(w)+len("::")
		switch {
		case linked && (marked || len(title) < len(rest)), marked && b.Link*2 >= b.Size:
			return true
		case marked && b.Kind == dateline.Paragraph && !text.Ends(b.Text) && strings.ContainsRune(":：】", mark):
			return true
		}
	}
	return false
}

var (
	invites  = words.NewPhrases("invite")
	inviteTo = words.NewPhrases("invite-to")
)

func isInvitation(b *page.Block, low string) bool {
	return b.Kind == dateline.Paragraph && begins(invites, low) && inviteTo.In(low)
}

func begins(list *words.Phrases, s string) bool {
	return slices.ContainsFunc(list.Begin(s), func(w string) bool { return strings.HasPrefix(s, w) })
}

var playerLines = words.NewPhrases("player-line")

func isPlayerLine(b *page.Block, low string) bool {
	return b.Size <= longPlayer && b.Kind == dateline.Paragraph && playerLines.In(low)
}

var creditLabels = words.NewPhrases("credit-label")

func isCreditLine(b *page.Block, low string) bool {
	if b.Size > longCredit || b.Kind != dateline.Paragraph || strings.HasSuffix(low, ":") || strings.ContainsAny(b.Text, ".!?") && text.Ends(b.Text) {
		return false
	}
	return slices.ContainsFunc(creditLabels.Begin(low), func(w string) bool {
		rest, ok := strings.CutPrefix(low, w)
		return ok && (strings.HasPrefix(strings.TrimLeft(rest, " "), ":") || strings.HasPrefix(rest, "：") || strings.HasPrefix(rest, "©"))
	})
}

var (
	copyrights = words.NewPhrases("copyright")
	allRights  = words.NewPhrases("all-rights")
)

// isRightsLine looks for a copyright sign, or a word for it, and a year behind it at the
// beginning of a line, and for words that reserve all rights.
func isRightsLine(b *page.Block, low string) bool {
	const year = 4 // digits
	if b.Kind != dateline.Paragraph {
		return false
	}
	if allRights.In(low) {
		return true
	}
	sign := strings.HasPrefix(low, "©") || strings.HasPrefix(low, "c) ")
	return (sign || begins(copyrights, low) && strings.ContainsAny(low, "©0123456789")) && text.Digits(low) >= year
}

// dropFurniture drops what is no text whatever the model says: lines of furniture,
// captions behind a picture, blocks that are barred, and what is not to be seen among
// paragraphs that are.
func (p *chooser) dropFurniture(keep []bool) {
	for i := range keep {
		if !keep[i] {
			continue
		}
		b := &p.Blocks[i]
		switch way := furnitureOf(b); {
		case way != nil:
			keep[i] = false
			p.notes.decide(i, way.Name)
		case b.Roles&page.InCaption != 0 && b.Size < longCaption && p.isBehindPicture(b):
			keep[i] = false
			p.notes.decide(i, verdictWays[aCaption].Name)
		case p.OwnRoles[b.Node]&page.Hidden != 0 && (p.besideShown(i-1, i) || p.besideShown(i+1, i)):
			keep[i] = false
			p.notes.decide(i, verdictWays[unwanted].Name)
		case b.Bar != page.NotBarred:
			keep[i] = false
			p.notes.decide(i, barWays[b.Bar].Name)
		}
	}
}

// besideShown reports whether block k is running text that is to be seen, in the box of
// block i. What is hidden in a box of its own may be shown at a click, as answers are.
func (p *chooser) besideShown(k, i int) bool {
	return p.besideProse(k, i) && p.Blocks[k].Roles&page.Hidden == 0
}

// isBehindPicture reports whether a picture stands right before a block.
func (p *chooser) isBehindPicture(b *page.Block) bool {
	const near = 12 // nodes between picture and caption
	for n := b.First - 1; n > 0 && n >= b.First-near && p.Tree.Tag(n) != dom.Text; n-- {
		if tag := p.Tree.Tag(n); page.IsMedia[tag] || tag == dom.Other && strings.HasSuffix(p.Tree.Nodes[n].Text, "-img") {
			return true // an <amp-img> is one, too
		}
	}
	return false
}

// barWays name the reasons for which a block is barred.
var barWays = [...]Way{
	page.Consent:     {"body/consent", "its box asks for consent to be followed"},
	page.Offer:       {"body/offer", "its box offers a subscription or a newsletter"},
	page.Post:        {"body/embed", "it is of a post of another service, which stands in embeds"},
	page.NextArticle: {"body/next-article", "it is of another article, which is loaded below this one"},
}
