package body

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"dateline"
	"dateline/extract/page"
	"dateline/internal/boost"

	"golang.org/x/text/unicode/norm"
)

// A Choice says why a block of the page is part of the text or not.
type Choice struct {
	Kind  dateline.BlockKind `json:"kind"`            // what its elements say that it is
	Text  string             `json:"text"`            // all of the block
	Kept  bool               `json:"kept"`            // it is part of the text
	Way   string             `json:"way"`             // what decided: "body/model", "body/correction"; see Ways
	Rules string             `json:"rules"`           // what the rules say of it, which the model sees: "body/kept", "body/caption"
	Roles []string           `json:"roles,omitempty"` // what the names on its elements say that it holds
	// What it was taken for, of a block that is left out: "caption", "related"; see Kinds.
	// It is "" if nothing tells, as where only the model speaks against it.
	What string `json:"what,omitempty"`
	// Under is the heading or line above it that announces what is no part of the article:
	// "Read more". It is "" if there is none.
	Under string `json:"under,omitempty"`
	// Box is the largest element around it that does not hold the text of the article, of a
	// block that stands outside of that: "aside.more".
	Box string `json:"box,omitempty"`
	// Went are the keys of the record that have its words, of a block that is left out:
	// "images[0].caption", "deck". Package extract fills it.
	Went []string `json:"went,omitempty"`
	// Linked is the share of its words that are links, from 0 to 1.
	Linked float64 `json:"linked,omitempty"`
	// Score is the model's, in units of log odds: the block is text above -0.24.
	// It is zero where the model is not asked.
	Score float64 `json:"score,omitempty"`
	// Features are those that moved the score most, the strongest first.
	Features []Influence `json:"features,omitempty"`
}

// ruleSays returns what a way or verdict means.
func ruleSays(name string) string {
	for _, w := range Ways() {
		if w.Name == name {
			return w.Says
		}
	}
	return name // Unreachable: every name is in the table.
}

// An Influence is what one feature of a block adds to its score.
type Influence struct {
	Feature string  `json:"feature"`           // its name: "words of the headline"
	Value   int     `json:"value"`             // as the model sees it: counts are coarser the larger they are, shares are 0 to 31
	Adds    float64 `json:"adds"`              // in units of log odds
	OfPage  bool    `json:"of_page,omitempty"` // it is of the whole page, the same for all of its blocks
}

// String tells the feature for a reader, a share in percent.
func (i Influence) String() string {
	if strings.Contains(i.Feature, "share ") {
		return fmt.Sprintf("%s: %d %%", i.Feature, 100*i.Value/mostShare)
	}
	return i.Feature
}

// mostShare is the value of a share that is all.
const mostShare = 31

// A Way is a reason for which a block is part of the text or not, or a way of finding
// a field beside it. It says what the reason is, or what is looked for.
type Way struct {
	Name string `json:"name"` // as Choice.Way and Choice.Rules have it
	Says string `json:"says"` // what that means, in words
}

// FieldWays returns the ways of finding a deck and a text, in the order in which they
// are tried: names of evidence.
func FieldWays() (all []Way) {
	for i := range deckWays {
		all = append(all, deckWays[i].Way)
	}
	for i := range hiddenWays {
		if hiddenWays[i].Says != "" {
			all = append(all, hiddenWays[i].Way)
		}
	}
	return all
}

// Ways returns the reasons that decide on blocks, then the verdicts of the rules.
func Ways() []Way {
	all := slices.Clone(deciders)
	for i := range furniture {
		all = append(all, furniture[i].Way)
	}
	return slices.Concat(all, barWays[1:], verdictWays[:], unseenWays[:])
}

// notRead is the way of what stands on the page and is read as no block; unseenWays
// say why.
const notRead = "body/not-read"

var unseenWays = [...]Way{
	page.StyledAway:    {"body/hidden-by-style", "the page's own styles do not display it"},
	page.WithinLine:    {"body/within-line", "it is part of a line, in an element that is hidden or called a caption, a notice, an advertisement or a button to share"},
	page.Choices:       {"body/form", "it is what a form of the page offers or has filled in"},
	page.WithoutScript: {"body/without-scripts", "it is shown only where scripts do not run"},
}

// Unread returns all choices with what stands on the page and is read as no block,
// each where it stands.
func (b *Text) Unread() []Choice {
	if b.Source == nil {
		return b.Choices
	}
	var all []Choice
	at := 0
	for _, u := range b.Layout.Unread() {
		for ; at < min(u.Before, len(b.Choices)); at++ {
			all = append(all, b.Choices[at])
		}
		c := Choice{Kind: dateline.Paragraph, Text: norm.NFC.String(u.Text), Way: notRead, Rules: unseenWays[u.Why].Name, Roles: u.Roles.Names()}
		c.What = c.unreadAs(u.Roles)
		all = append(all, c)
	}
	return append(all, b.Choices[at:]...)
}

var deciders = []Way{
	{"body/model", "the model's score of the block is above or below the threshold"},
	{"body/not-asked", "rules alone decide on it"},
	{notRead, "it stands on the page and is no block of it; the rules say why"},
	{"body/code", "code that the rules keep is kept"},
	{"body/rules-alone", "the model would leave nothing of the page, so the rules decide"},
	{"body/about-author", "the text ends before it, and it tells who the author is"},
	{"body/announced-list", "a line of the text that ends with a colon announces this list of documents"},
	{"body/said-again", "a block not far before says the same, or a larger one holds this quotation"},
	{"body/tail", "headings and links at the end that nothing of the text follows"},
	{"body/correction", "the page says here that its text was changed, which stands in corrections"},
}

// verdictWays names the verdicts of the rules.
var verdictWays = [...]Way{
	kept:        {"body/kept", "the rules have nothing against it"},
	KeptDeck:    {"body/deck", "it is the sentence under the headline"},
	beforeText:  {"body/before-text", "it stands with the headline or before it"},
	outside:     {"body/outside", "it stands outside of the part of the page that holds the article"},
	unwanted:    {"body/named-element", "by the names of the elements around it, or because it is all links, it is no text"},
	aDate:       {"body/date-or-byline", "it is hardly more than a date or the names of the authors"},
	aLine:       {"body/notice", "it is a line that pages set around the text: a credit, a notice of rights, an invitation to read on or to subscribe"},
	aCaption:    {"body/caption", "it is the caption of a picture"},
	inCard:      {"body/card", "it is in a box that leads to another article"},
	inLinks:     {"body/link-list", "it is in a list of links"},
	aLabel:      {"body/label", "it is a short line that comes again and again"},
	overNothing: {"body/empty-heading", "it is a heading with nothing under it"},
	repeated:    {"body/repeated", "it says what was said before"},
}

// notes keep, while the text is chosen, what decided on each block: for explanations.
// Nil notes keep nothing, so that they cost nothing where nobody asks.
type notes struct {
	was []bool
	way []string
}

// begin notes which blocks are kept before the steps that change it.
func (n *notes) begin(keep []bool) {
	if n != nil {
		n.was, n.way = slices.Clone(keep), make([]string, len(keep))
	}
}

// decide notes the way for one block that is dropped.
func (n *notes) decide(i int, way string) {
	if n != nil {
		n.was[i], n.way[i] = false, way
	}
}

// step notes way as what decided on those blocks that are kept now and were not before,
// or the other way round.
func (n *notes) step(keep []bool, way string) {
	if n == nil {
		return
	}
	for i := range n.was {
		if n.was[i] != keep[i] {
			n.was[i], n.way[i] = keep[i], way
		}
	}
}

// choices returns why each block is part of the text or not.
func (c *chooser) choices(out *Text) []Choice {
	const strongest = 5
	m := c.model
	if m == nil {
		m = bodyModel()
	}
	all := make([]Choice, len(out.Features))
	for i := range all {
		b, v := &out.Layout.Blocks[i], &out.Features[i]
		ch := Choice{Kind: b.Kind, Text: b.Text, Kept: out.keep[i], Way: c.notes.way[i], Rules: verdictWays[out.Says[i]].Name, Roles: b.Roles.Names()}
		if Open(v) {
			ch.Score = math.Round(float64(m.Score(v))/boost.Unit*100) / 100
			ch.Features = influences(m, v, strongest)
		}
		switch {
		case ch.Way != "":
		case !Open(v):
			ch.Way = "body/not-asked"
		case ch.Kept && !m.Above(v, threshold):
			ch.Way = "body/code"
		default:
			ch.Way = "body/model"
		}
		if !ch.Kept {
			c.placed(&ch, i)
			ch.What = c.what(&ch, i, out.keep)
		}
		all[i] = ch
	}
	return all
}

// influences returns the features that add most to a score or take most from it.
func influences(m *boost.Model, v *vector, most int) []Influence {
	shares := m.Shares(v)
	var all []Influence
	for f, s := range shares {
		if s != 0 {
			all = append(all, Influence{featureName(f), int(v[f]), math.Round(s/boost.Unit*100) / 100, f >= fPageKept && f < fPrev})
		}
	}
	slices.SortStableFunc(all, func(a, b Influence) int { return cmp.Compare(math.Abs(b.Adds), math.Abs(a.Adds)) })
	return all[:min(len(all), most)]
}

// featureName returns the name of a feature for people.
func featureName(f int) string {
	switch {
	case f < fCue:
		return ownNames[f]
	case f < fBoxKept:
		return "in an element called " + page.RoleName(f-fCue)
	case f < fPartPlace:
		group := [...]string{"blocks of its box", "blocks of its part of the body", "blocks in elements named as its own"}[(f-fBoxKept)/5]
		return group + [...]string{", share that rules would keep", ", bytes", ", share of links", ", how many", ", share of all that rules would keep"}[(f-fBoxKept)%5]
	case f < fPrev:
		return placeNames[f-fPartPlace]
	case f < fCount:
		at := (f - fPrev) / nearCount
		return [...]string{"block before", "block before that", "block after", "block after that"}[at] + ": " + nearNames[(f-fPrev)%nearCount]
	}
	return fmt.Sprint("feature ", f) // Unreachable: a model asks for no more.
}

// ownNames name the features of a block by itself, in their order.
var ownNames = [fCue]string{
	fVerdict: "verdict of the rules", fKind: "kind", fTag: "element", fSize: "bytes", fWords: "words", fWordSize: "length of words",
	fLink: "share of links", fBold: "share of bold", fSlant: "share of italics", fDigits: "share of digits", fCapitals: "share of words with a capital",
	fCommas: "commas", fBegins: "character that it begins with", fEnds: "character that it ends with", fQuotes: "quotation marks", fDepth: "depth of its box",
	fMedia: "right under a picture", fHeadline: "words of the headline", fDeck: "words of the deck", fCopies: "how often it stands on the page",
	fBegun: "blocks with links that begin alike", fTopic: "long words that the running text has", fCommon: "short words that the running text has", fShort: "share of short words",
	fAuthor: "names an author", fSite: "names the site", fAddress: "has an address", fLinks: "links", fEdges: "in a link or bold at its ends",
	fLead: "where its first link leads", fUnder: "what the heading above announces", fPicture: "text beside the nearest picture",
}

// placeNames name the features of where a block stands and of the page.
var placeNames = strings.Split("part of the body that it is in|place among the blocks|share of the kept text before|share of the kept text after|blocks since one that is kept|"+
	"blocks until one that is kept|blocks since running text|blocks until running text|blocks since a heading|place in its list|what stands before its list|"+
	"running text before|running text after|headlines of other articles before|in the body's element|levels above the body's element|"+
	"kept text of the page|share of the page's prose that is kept|share of list items in the page|page says that it is news|type of article", "|")

// nearNames name what a block knows of a neighbour.
var nearNames = [nearCount]string{nVerdict: "verdict of the rules", nKind: "kind", nSize: "bytes", nLink: "share of links", nEnds: "character that it ends with",
	nOut: "names that speak against it", nBox: "in the same box", nLike: "in an element named alike"}
