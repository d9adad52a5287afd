package extract

import (
	"cmp"
	"strings"

	"dateline"
	"dateline/extract/body"
	"dateline/extract/date"
	"dateline/extract/link"
	"dateline/extract/page"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// A post of another service stands in a page as a quotation, with its author and a link
// to the post; a script of the service draws it anew. Players and documents stand in
// frames (<iframe>), and the address of a frame says what it shows.

// frameKinds tell what a frame shows by a part of its address.
var frameKinds = []struct {
	part string
	kind dateline.EmbedKind
}{
	{"youtube.com/embed", dateline.EmbedVideo}, {"youtube-nocookie.com/embed", dateline.EmbedVideo}, {"player.vimeo.com", dateline.EmbedVideo}, {"dailymotion.com/embed", dateline.EmbedVideo},
	{"rumble.com/embed", dateline.EmbedVideo}, {"player.twitch.tv", dateline.EmbedVideo}, {"facebook.com/plugins/video", dateline.EmbedVideo}, {"bitchute.com/embed", dateline.EmbedVideo},
	{"documentcloud.org", dateline.EmbedDocument}, {"scribd.com/embeds", dateline.EmbedDocument}, {"issuu.com", dateline.EmbedDocument}, {"docs.google.com/viewer", dateline.EmbedDocument}, {".pdf", dateline.EmbedDocument},
	{"platform.twitter.com/embed", dateline.EmbedPost}, {"facebook.com/plugins/post", dateline.EmbedPost}, {"instagram.com/p/", dateline.EmbedPost}, {"tiktok.com/embed", dateline.EmbedPost}, {"t.me/", dateline.EmbedPost},
}

// mostEmbeds bounds the embeds of a record.
const mostEmbeds = 200

// quotedPost is the way of finding embeds.
var quotedPost = Way{"embed/quoted", "embeds: a quotation that a service draws anew, or a frame of one, within the text"}

// embeds returns what the text shows of other services, in the order of the page and each
// once; lang is the language in which the dates of posts are read.
func embeds(p *page.Page, b *body.Text, lang string) (all []dateline.Embed) {
	if b.Root == 0 {
		return nil
	}
	t := p.Tree
	seen := map[string]bool{}
	for n := b.Root + 1; n < t.End(b.Root) && len(all) < mostEmbeds; n++ {
		e := embedAt(p, n, lang)
		if e.URL == "" && e.Text == "" {
			continue
		}
		if key := e.URL + "\n" + e.Text; !seen[key] && b.Layout.Roles[n]&(page.InNav|page.InRelated|page.InComment|page.InAd) == 0 {
			seen[key] = true
			e.After = b.EndBefore(n)
			all = append(all, e)
		}
		n = t.End(n) - 1
	}
	return all
}

// embedAt reads the embed that element n is, the zero value if it is none.
func embedAt(p *page.Page, n dom.ID, lang string) (e dateline.Embed) {
	t := p.Tree
	switch tag := t.Tag(n); {
	case tag == dom.Iframe:
		src := link.Resolve(p.Base, cmp.Or(t.Attr(n, dom.Src), t.Attr(n, dom.DataSrc)))
		low := text.Lower(src)
		for _, k := range frameKinds {
			if strings.Contains(low, k.part) {
				return dateline.Embed{Kind: k.kind, URL: src}
			}
		}
	case tag == dom.Script:
		for _, a := range t.Attrs(n) {
			if a.Name == "data-telegram-post" && a.Value != "" {
				return dateline.Embed{Kind: dateline.EmbedPost, URL: link.Resolve("https://t.me/", a.Value)}
			}
		}
	case page.IsPost(t, n):
		return postAt(p, n, lang)
	}
	return dateline.Embed{}
}

// postAt reads a post: its words, then "— Name (@name)" and a link with its date.
func postAt(p *page.Page, n dom.ID, lang string) dateline.Embed {
	t := p.Tree
	e := dateline.Embed{Kind: dateline.EmbedPost}
	last := dom.ID(0) // link
	for c := n + 1; c < t.End(n); c++ {
		if t.Tag(c) == dom.A {
			last = c
			if strings.Contains(t.Attr(c, dom.Href), "/comments/") { // of Reddit, whose links to the writer and the group follow
				break
			}
		}
	}
	for _, a := range t.Attrs(n) {
		switch a.Name {
		case "data-instgrm-permalink", "data-href", "cite", "data-embed-url":
			e.URL = link.Resolve(p.Base, a.Value)
		}
	}
	if last != 0 {
		if e.URL == "" {
			e.URL = link.Resolve(p.Base, t.Attr(last, dom.Href))
		}
		if d, ok := date.Parse(page.Text(t, last), lang); ok {
			e.Published = d
		}
	}
	e.Text, e.Author = cutAuthor(page.Text(t, n))
	return e
}

// cutAuthor separates the words of a post from its author: "— Name (@name)" at the end.
// author is "" if there is none.
func cutAuthor(s string) (words, author string) {
	at := -1
	for _, dash := range [...]string{"— ", "– ", "&mdash; "} {
		at = max(at, strings.LastIndex(s, dash))
	}
	if at < 0 {
		return s, ""
	}
	_, author, _ = strings.Cut(s[at:], " ")
	if end := strings.Index(author, ")"); end >= 0 {
		author = author[:end+1]
	} else {
		return s, ""
	}
	return strings.TrimSpace(s[:at]), strings.TrimSpace(author)
}
