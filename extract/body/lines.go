package body

import (
	"strings"
	"unicode/utf8"

	"dateline"
	"dateline/extract/byline"
	"dateline/extract/page"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// isDateOrByline reports whether a block is hardly more than a date, or than
// the names of the authors.
func (p *chooser) isDateOrByline(b *page.Block) bool {
	if b.Kind == dateline.Table || b.Kind == dateline.Code {
		return false
	}
	return b.Size < 90 && IsDateLine(b, p.lead.Lang) || b.Size < 160 && p.isByline(b)
}

// isLine reports whether a block is one of the lines that a page sets around
// and between the paragraphs of an article: a notice of rights, an invitation
// to read on, to follow or to subscribe.
func isLine(b *page.Block) bool {
	if b.Size > 320 || b.Kind == dateline.Table || b.Kind == dateline.Code {
		return false
	}
	s := strings.TrimLeft(b.Text, " >»–—-•*▶►→|(:\u200b")
	low := text.Lower(s)
	if b.Size < 160 || b.Link*3 > b.Size {
		for _, w := range invitations.Begin(low) {
			if strings.HasPrefix(low, w) && (b.Size < len(w)+25 || b.Link > 0 || strings.HasPrefix(low[len(w):], ":")) {
				return true
			}
		}
	}
	if notices.In(low) {
		return true
	}
	for _, w := range rights.Begin(low) {
		if strings.HasPrefix(low, w) {
			return true
		}
	}
	r, _ := utf8.DecodeRuneInString(s)
	return b.Size < 120 && r == '©'
}

// isByline reports whether a block names the authors and says little else.
func (p *chooser) isByline(b *page.Block) bool {
	if b.Kind == dateline.Heading || len(p.lead.Bylines) == 0 {
		return false
	}
	rest := text.Key(b.Text)
	named := false
	for _, n := range p.lead.Bylines {
		if k := text.Key(n); k != "" && strings.Contains(rest, k) {
			rest = strings.ReplaceAll(rest, k, "")
			named = true
		}
	}
	if !named || len(rest) >= 60 {
		return false
	}
	_, said := byline.CutBy(b.Text)
	return len(rest) < 12 || said
}

// isCaption reports whether a block that is not named so is the caption of a
// picture: it says what the picture's alternative text says, or it is all the
// text in a box with a picture.
func (p *chooser) isCaption(b *page.Block) bool {
	if b.Size > 300 || b.Kind == dateline.Heading || b.Kind == dateline.Item || b.Kind == dateline.Table {
		return false
	}
	if len(p.alts) == 0 {
		emptied(&p.alts)[""] = true
		for n := dom.ID(1); n < dom.ID(p.Tree.Len()); n++ {
			if p.Tree.Tag(n) == dom.Img {
				if k := text.Key(p.Tree.Attr(n, dom.Alt)); len(k) > 15 && len(k) < 400 {
					p.alts[k] = true
				}
			}
		}
	}
	if k := text.Key(b.Text); len(k) > 15 && p.alts[k] {
		return true
	}
	t := p.Tree
	box := b.Node
	for range 5 {
		up := t.Parent(box)
		if up == 0 || up == p.root || int(p.Size[t.End(up)]-p.Size[up]) > b.Size+60 {
			break
		}
		box = up
	}
	if box == b.Node || (b.Size > 150 || text.Ends(b.Text)) && !endsCredit(b.Text) {
		return false
	}
	for n := max(box, b.Node-300); n < b.Node; n++ {
		if t.Tag(n) == dom.Img {
			return true
		}
	}
	return false
}

// endsCredit reports whether a text ends with who made the picture.
func endsCredit(s string) bool {
	tail := s[max(0, len(s)-60):]
	return strings.HasSuffix(tail, ")") || text.ContainsAny(tail, []string{"©", "Photo", "Foto", "Getty", "AFP", "dpa", "Reuters", "REUTERS", "AP", "Image"})
}

// invitations are beginnings of lines that lead away from the article.
var invitations = text.NewPhrases(
	"read more", "read also", "also read", "read next", "see also", "related:", "related stories", "related articles", "more on this", "more from", "more about", "further reading", "recommended",
	"advertisement", "click here", "watch:", "listen:", "follow us", "share this", "sign up", "subscribe", "don't miss", "most read", "story continues", "continue reading", "read the full", "learn more", "download our", "download the", "you may also like", "you might also like", "latest stories", "top stories",
	"lesen sie auch", "lesen sie mehr", "lesen sie hier", "lesen sie dazu", "mehr zum thema", "mehr dazu", "mehr lesen", "mehr informationen", "auch interessant", "das könnte sie", "weiterlesen", "passend dazu", "anzeige", "werbung", "zum thema", "weitere informationen", "weitere themen", "mehr themen", "mehr von", "folgen sie", "hier geht", "empfohlener", "externer inhalt", "link zum",
	"lire aussi", "à lire aussi", "lire la suite", "à découvrir", "publicité", "voir aussi", "sur le même sujet", "abonnez-vous", "en savoir plus",
	"leer más", "lea también", "lee también", "te puede interesar", "noticia relacionada", "noticias relacionadas", "más información", "publicidad", "ver más", "síguenos", "suscríbete",
	"leia mais", "leia também", "veja também", "publicidade", "saiba mais", "siga",
	"leggi anche", "leggi tutto", "pubblicità", "scopri di più", "per approfondire",
	"lees ook", "lees meer", "advertentie", "lees verder", "bekijk ook",
	"läs också", "läs mer", "annons", "les også", "les mer", "annonse", "læs også", "læs mere", "annonce", "lue myös", "mainos",
	"czytaj więcej", "czytaj także", "czytaj też", "zobacz też", "zobacz także", "reklama", "přečtěte si", "čtěte také", "čítajte", "olvassa el",
	"читайте также", "читать далее", "смотрите также", "реклама", "подписывайтесь", "читайте також", "підписуйтесь", "ilginizi çekebilir", "reklam", "baca juga", "simak juga",
	"اقرأ أيضا", "اقرأ أيضًا", "إعلان", "קראו גם", "関連記事", "あわせて読みたい", "おすすめ情報", "相关阅读", "延伸閱讀", "관련기사", "אולי יעניין", "عاجل |",
)

// notices are words that stand in lines about the site, not in news.
var notices = text.NewPhrases(
	"sign up for our", "subscribe to our", "our newsletter", "unseren newsletter", "notre newsletter", "nuestro boletín", "nuestra newsletter", "whatsapp channel", "whatsapp-kanal",
	"all rights reserved", "alle rechte vorbehalten", "tous droits réservés", "todos los derechos reservados", "riproduzione riservata", "reproduction interdite", "contributed to this report", "this article was originally published on",
	"javascript", "enable cookies", "accept cookies", "your browser", "back to video", "please refresh", "this video has failed", "player wird geladen", "bookmark our homepage", "please bookmark",
	"terms of service", "privacy policy", "affiliate commission", "may earn a commission", "may earn commission", "unterstützen sie uns", "support our journalism", "uygulamasını indirin",
	"folgen sie uns", "follow us on", "síguenos en", "suivez-nous", "seguici su", "join our", "click to share", "download our app", "follow our", "thank you for reading", "letters to the editor",
)

// rights are beginnings of lines that say who made or owns the article.
var rights = text.NewPhrases(
	"copyright", "(c) ", "quelle:", "quellen:", "quelle ", "bron:", "bronnen:", "källa:", "kilde:", "fonte:", "fuente:", "foto:", "fotos:", "photo:", "photos:", "image:", "photograph:", "bild:", "picture:", "image credit", "photo credit",
	"reporting by", "with reporting by", "additional reporting", "writing by", "editing by", "edited by", "compiled by", "translated by", "redaktion:", "übersetzung:", "mit material von", "mit informationen von", "source:", "our standards:",
	"associated press writer", "associated press journalist", "with files from", "dpa:", "file photo", "lizenz:", "erstveröffentlichung", "this story has been", "this article has been",
)
