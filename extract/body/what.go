package body

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"dateline/extract/page"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// What blocks are taken for that are left out, as Choice.What has it. Those with a capital
// are asked for, or told better, where the record is known.
const (
	asHeadline  = "headline"
	asSigned    = "byline or date"
	AsCaption   = "caption"
	asCredit    = "picture credit"
	asRelated   = "related"
	AsLink      = "link"
	asMenu      = "menu"
	asFoot      = "foot of the page"
	asHead      = "head of the page"
	asAd        = "advertisement"
	asComment   = "comment"
	asShare     = "sharing"
	asButton    = "button"
	asOffer     = "offer"
	asNotice    = "notice"
	asRights    = "line around the text"
	AsTags      = "tags" // a line of topics, some of which the record may have as tags
	asBioNote   = "about the author"
	asUnseen    = "hidden"
	asForm      = "form"
	asPlayer    = "player"
	asBox       = "box beside the text"
	asAgain     = "repetition"
	asNext      = "next article"
	AsPost      = "post"
	asCorrected = "correction"
	asSources   = "sources"
	asLabel     = "label"
	asEmpty     = "heading of nothing"
	asAbove     = "above the headline"
	asOutside   = "outside"
)

// A Kind is what a block can be taken for that is left out.
type Kind struct {
	Name string `json:"name"` // as Choice.What has it
	Says string `json:"says"` // what that is, as a sentence
}

// Kinds returns all values of Choice.What.
func Kinds() []Kind { return slices.Clone(kinds) }

var kinds = []Kind{
	{asHeadline, "It is the headline, as the page prints it."},
	{asSigned, "It tells who wrote the article or when, and hardly anything else."},
	{AsCaption, "It is the caption of a picture."},
	{asCredit, "It says who made a picture."},
	{asRelated, "It belongs to a box, a list or a line that leads to other articles."},
	{AsLink, "It is made of links to other pages, with hardly a word beside them."},
	{asMenu, "It is part of a menu of the site."},
	{asFoot, "It is part of the foot of the page, which tells of the site."},
	{asHead, "It is part of the head of the page, above the article."},
	{asAd, "It is an advertisement, or announces one."},
	{asComment, "It belongs to the comments of readers."},
	{asShare, "It belongs to what a page has for sharing: buttons, or a post of another service."},
	{asButton, "It is the name of a button or a tool of the page, as for sharing, printing or signing in."},
	{asOffer, "It is an offer to readers: of a subscription, a newsletter, an app, or to write, follow or sign in."},
	{asNotice, "It is a notice of the site, as on cookies, privacy or rights."},
	{asRights, "It is one of the lines that pages set around an article: a credit, a notice of rights, or an invitation to read on or to subscribe."},
	{AsTags, "It lists the topics of the article."},
	{asBioNote, "It tells who the author is."},
	{asUnseen, "Readers of the page do not see it, at least not at once: its code hides it."},
	{asForm, "It is part of a form or a tool of the page: something to fill in, to choose or to press."},
	{asPlayer, "It belongs to a player or gallery, or says something in its place."},
	{asBox, "It stands in a box beside the text."},
	{asAgain, "The text says the same in another place."},
	{asNext, "It is of another article, which is loaded below this one."},
	{AsPost, "It is of a post of another service that the page shows."},
	{asCorrected, "The page says here that its text was changed."},
	{asSources, "It lists sources or links, behind the text."},
	{asLabel, "It is a short line that comes again and again on the page."},
	{asEmpty, "It is a heading, or a link alone, and nothing of the text stands under it."},
	{asAbove, "It stands above the headline, where pages have menus, banners and notices."},
	{asOutside, "It stands outside of the part of the page that holds the article."},
}

// wayKinds are what blocks are on which one of these ways has decided.
var wayKinds = map[string]string{
	"body/advertisement": asAd, "body/button": asButton, "body/leads-elsewhere": asRelated, "body/invitation": asOffer, "body/player": asPlayer, "body/picture-credit": asCredit, "body/rights": asRights,
	"body/consent": asNotice, "body/offer": asOffer, "body/embed": AsPost, "body/next-article": asNext,
	"body/about-author": asBioNote, "body/said-again": asAgain, "body/tail": asEmpty, "body/correction": asCorrected, "body/caption": AsCaption,
}

// roleKinds are what the names of elements say of a block. If several are there, the first
// in this list counts: a list of articles in a menu is a menu.
var roleKinds = []struct {
	role page.Role
	what string
}{
	{page.InComment, asComment}, {page.InNav, asMenu}, {page.InSignup, asOffer}, {page.InRelated, asRelated}, {page.InAd, asAd}, {page.InNotice, asNotice},
	{page.InTags, AsTags}, {page.InShare, asShare}, {page.InBio, asBioNote}, {page.InForm, asForm}, {page.Hidden, asUnseen}, {page.InFooter, asFoot},
}

// besideKinds are what names say of a block if nothing else does.
var besideKinds = []struct {
	role page.Role
	what string
}{{page.InByline | page.InTime, asSigned}, {page.InMedia, asPlayer}, {page.InAside, asBox}, {page.InHeader, asHead}}

// Shares of links that tell of a block that it is one.
const (
	halfLinked = .5
	allLinked  = .8
)

// placed fills in where block i stands, which is left out.
func (c *chooser) placed(ch *Choice, i int) {
	b := &c.Blocks[i]
	if b.Size > 0 {
		ch.Linked = math.Round(float64(min(b.Link, b.Size))/float64(b.Size)*100) / 100
	}
	if c.root == 0 || c.Tree.Within(b.First, c.root) {
		return
	}
	box := dom.ID(0)
	for n := b.Node; n != 0 && !c.Tree.Within(c.root, n); n = c.Tree.Parent(n) {
		box = n
	}
	if box != 0 {
		ch.Box = c.Page.Path(box)
	}
}

// announcedBy returns the heading or line above block i that announces something that is
// no part of the article; "" if that is not what stands above it, or if text of the
// article stands between.
func (c *chooser) announcedBy(i int, keep []bool) string {
	const (
		short = 60 // bytes of a line that may be a heading
		far   = 40 // blocks that a list has at most
	)
	for k := i - 1; k >= max(0, i-far); k-- {
		b := &c.Blocks[k]
		switch {
		case b.Size < short || isHeading(b):
		case keep[k]:
			return ""
		default:
			continue
		}
		if announced(b.Text) != 0 {
			return b.Text
		}
		if isHeading(b) && b.Link*2 < b.Size {
			return ""
		}
	}
	return ""
}

// what tells what block i is, which is left out, by what decided and by where it stands.
// It fills in Under where that tells.
func (c *chooser) what(ch *Choice, i int, keep []bool) string {
	b := &c.Blocks[i]
	says := c.saysOf(ch.Rules)
	if way := furnitureOf(b); wayKinds[ch.Way] == "" && way != nil { // the model has left it out before the rule was asked
		return wayKinds[way.Name]
	}
	switch {
	case wayKinds[ch.Way] != "":
		return wayKinds[ch.Way]
	case says == aCaption || b.Roles&page.InCaption != 0 && b.Roles&noPicture == 0:
		return AsCaption
	case says == aDate:
		return asSigned
	case says == aLine && ch.Linked < allLinked:
		return asRights
	case says == beforeText && c.printsHeadline(b, text.Key(c.lead.Headline)):
		return asHeadline
	case says == repeated:
		return asAgain
	case ch.Linked >= halfLinked && b.Roles&page.InRelated != 0 && b.Roles&page.InNav == 0:
		ch.Under = c.announcedBy(i, keep)
		return asRelated
	}
	for _, k := range roleKinds {
		if b.Roles&k.role != 0 && says != kept {
			return k.what
		}
	}
	switch ch.Under = c.announcedBy(i, keep); {
	case ch.Under != "":
		return [...]string{asBioNote, asRelated, asSources}[announced(ch.Under)-1]
	case says == inCard || says == inLinks:
		return asRelated
	case ch.Linked >= halfLinked && c.paidFor(b):
		return asAd
	case ch.Linked >= allLinked, says == unwanted && ch.Linked >= halfLinked:
		return AsLink
	case says == kept:
		return ""
	case says == aLabel:
		return asLabel
	case says == overNothing:
		return asEmpty
	}
	for _, k := range besideKinds {
		if b.Roles&k.role != 0 {
			return k.what
		}
	}
	switch says {
	case beforeText:
		return asAbove
	case outside:
		return asOutside
	}
	return ""
}

// paidFor reports whether a link of the block says that somebody paid for it (rel="sponsored":
// https://developers.google.com/search/docs/crawling-indexing/qualify-outbound-links).
func (c *chooser) paidFor(b *page.Block) bool {
	for n := b.Node; n != 0 && n < c.Tree.End(b.Node); n++ {
		if c.Tree.Tag(n) == dom.A && slices.Contains(strings.Fields(text.Lower(c.Tree.Attr(n, dom.Rel))), "sponsored") {
			return true
		}
	}
	return false
}

// noPicture are roles beside which what is called a caption is none of a picture: lines
// of copyright.
const noPicture = page.InNav | page.InNotice | page.InAside | page.InFooter | page.InHeader | page.InForm | page.InShare

// unreadAs tells what something is that stands on the page and is read as no block.
func (c *Choice) unreadAs(roles page.Role) string {
	switch {
	case c.Rules == unseenWays[page.Choices].Name:
		return asForm
	case roles&page.InCaption != 0 && roles&noPicture == 0:
		return AsCaption
	case c.Rules == unseenWays[page.WithinLine].Name:
		for _, k := range roleKinds {
			if roles&k.role != 0 {
				return k.what
			}
		}
	}
	return asUnseen
}

// saysOf returns the verdict with a name.
func (c *chooser) saysOf(name string) verdict {
	return verdict(slices.IndexFunc(verdictWays[:], func(w Way) bool { return w.Name == name }))
}

// Says says in sentences why the block is part of the text or not, the plainest
// first; "" of one that is kept without doubt.
func (c Choice) Says() string {
	var list []string
	say := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	if c.Kept {
		switch {
		case c.Way == "body/model" && c.Rules == verdictWays[kept].Name:
			say("It stands in the part of the page that holds the article, and neither the rules nor the model, which was trained on labelled pages, reject it.")
		case c.Way == "body/model":
			say("A model trained on labelled pages took it for text, though a rule speaks against it: %s.", ruleSays(c.Rules))
		}
		return strings.Join(list, " ")
	}
	if i := slices.IndexFunc(kinds, func(k Kind) bool { return k.Name == c.What }); i >= 0 {
		list = append(list, kinds[i].Says)
	}
	switch c.Rules {
	case unseenWays[page.StyledAway].Name, unseenWays[page.WithoutScript].Name:
		say("%s.", upper(ruleSays(c.Rules)))
	}
	if c.Under != "" {
		say("It stands under “%s”.", c.Under)
	}
	names := slices.DeleteFunc(slices.Clone(c.Roles), func(role string) bool { return slices.Contains(plainRoles, role) })
	switch {
	case len(names) > 0 && c.Rules != verdictWays[kept].Name && c.What != asHeadline && c.What != asSigned:
		say("The code of the page calls what is around it “%s”.", strings.Join(names, ", "))
	case c.Box != "" && (c.What == asOutside || c.What == AsLink || c.What == asRelated || c.What == asAbove):
		say("The page has it in a part of its own, “%s”.", c.Box)
	}
	if len(list) == 0 && c.Rules != verdictWays[kept].Name {
		say("%s.", upper(ruleSays(c.Rules)))
	}
	if c.Way == "body/model" && c.Rules == verdictWays[kept].Name {
		if c.What == "" {
			say("No rule speaks against it. A model trained on labelled pages took it for a line beside the article, which may be a mistake.")
		} else {
			say("A model trained on labelled pages decided so, against the rules.")
		}
		if against := c.against(); against != "" {
			say("What spoke most against it: %s.", against)
		} else {
			say("It was judged by the company it keeps on the page, not by anything in itself; “dateline extract -explain” lists what counted.")
		}
	}
	return strings.Join(list, " ")
}

// against names the features that a reader can check and that speak most against a block.
func (c Choice) against() string {
	const most = 2
	var list []string
	for _, f := range c.Features {
		if says := f.plain(); f.Adds < 0 && !f.OfPage && says != "" && len(list) < most {
			list = append(list, says)
		}
	}
	return strings.Join(list, "; ")
}

// plain tells a feature by its value; "" of one that a reader cannot check.
func (i Influence) plain() string {
	percent := 100 * i.Value / mostShare
	switch role, called := strings.CutPrefix(i.Feature, "in an element called "); {
	case called && i.Value > 0:
		return "it is " + i.Feature
	case called && role == "article", called && role == "body":
		return "the code of the page does not call what is around it an article"
	case i.Feature == ownNames[fLink] && percent > 20:
		return fmt.Sprintf("%d %% of it are links", percent)
	case i.Feature == ownNames[fBold] && percent > 50:
		return "it is set in bold"
	case i.Feature == ownNames[fSlant] && percent > 50:
		return "it is set in italics"
	case i.Feature == ownNames[fCapitals] && percent > 30:
		return fmt.Sprintf("%d %% of its words begin with a capital", percent)
	case i.Feature == ownNames[fMedia] && i.Value > 0:
		return "it stands right under a picture"
	case i.Feature == ownNames[fPicture] && i.Value <= int(level(80)):
		return "a picture stands in its box, and hardly anything else"
	case i.Feature == ownNames[fCopies] && i.Value > 1:
		return "it stands on the page more than once"
	case i.Feature == ownNames[fAuthor] && i.Value > 0, i.Feature == ownNames[fSite] && i.Value > 0, i.Feature == ownNames[fAddress] && i.Value > 0:
		return "it " + i.Feature
	case i.Feature == placeNames[fKeptBefore-fPartPlace] && percent > 90:
		return "nearly all of the text stands before it"
	case i.Feature == placeNames[fKeptBefore-fPartPlace] && percent < 10:
		return "nearly all of the text stands behind it"
	case strings.HasPrefix(i.Feature, "blocks in elements named as its own"):
		return "hardly any of the text stands in elements that are named as its own"
	case strings.HasPrefix(i.Feature, "blocks of its part of the body"), strings.HasPrefix(i.Feature, "blocks of its box"):
		return "what stands beside it in its part of the page is not like a text"
	case strings.HasPrefix(i.Feature, "block ") && strings.HasSuffix(i.Feature, nearNames[nVerdict]) && i.Value > int(KeptDeck):
		where, _, _ := strings.Cut(i.Feature, ":")
		return "the " + where + " is left out, too"
	}
	return ""
}

// plainRoles are names of elements that say nothing of a block: all text is in them.
var plainRoles = []string{"body", "article", "section"}

// upper makes the first letter of a clause a capital.
func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
