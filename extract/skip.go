package extract

import (
	"net/url"
	"strings"

	"dateline"
	"dateline/internal/text"
)

// skip says why a page is no article. It is careful: a page that says of
// itself that it is one, or that has the text of one, stays.
func (p *page) skip() {
	size := len(p.a.Text)
	switch {
	case size < 1500 && p.longParagraphs() < 3 && isLost(text.Lower(p.a.Headline), text.Lower(p.title)):
		p.a.Skip = dateline.SkipNotFound
	case size < 200 && !p.isNews() && text.ContainsAny(text.Lower(p.a.Headline), goneWords):
		p.a.Skip = dateline.SkipNotFound
	case size < 600 && p.password && !p.isNews():
		p.a.Skip = dateline.SkipLogin
	case size < 400 && !p.isNews() && text.ContainsAny(text.Lower(p.a.Headline), loginWords):
		p.a.Skip = dateline.SkipLogin
	case p.isFront(size):
		p.a.Skip = dateline.SkipFront
	case p.a.Text == "":
		p.a.Skip = dateline.SkipNoText
	}
}

// isLost reports whether a headline or a title, in lower case, is that of a
// page that is not there. "404" alone tells it, or at the beginning; within a
// title it can be the number of anything.
func isLost(headline, title string) bool {
	for _, s := range []string{headline, title} {
		rest, ok := strings.CutPrefix(strings.TrimPrefix(s, "error "), "404")
		if ok && (rest == "" || strings.ContainsAny(rest[:1], ":|.-–!") || strings.Contains(rest, "error") || strings.Contains(rest, "not found")) {
			return true
		}
	}
	return text.ContainsAny(headline+" | "+title, lostWords)
}

// lostWords stand in the title of a page that is not there.
var lostWords = []string{"404 error", "error 404", "404 not found", "page not found", "not found |", "not found -", "page doesn't exist", "page does not exist", "page cannot be found", "page can't be found", "page you requested",
	"seite nicht gefunden", "seite wurde nicht gefunden", "page introuvable", "page non trouvée", "página no encontrada", "pagina non trovata", "página não encontrada", "pagina niet gevonden",
	"sidan hittades inte", "siden blev ikke fundet", "siden finnes ikke", "fant ikke siden", "nie znaleziono", "stránka nenalezena", "страница не найдена", "сторінку не знайдено", "sayfa bulunamadı",
	"halaman tidak ditemukan", "ページが見つかりません", "页面不存在", "找不到", "페이지를 찾을 수 없", "الصفحة غير موجودة", "הדף לא נמצא", "sivua ei löydy", "410 gone", "access denied", "403 forbidden", "just a moment...",
	"are you a robot", "you are human", "you are not a robot", "attention required!", "security check", "bad gateway", "service unavailable", "internal server error", "gateway timeout", "gateway time-out"}

// goneWords stand in the headline of a page that says only that an article was
// taken down.
var goneWords = []string{"no longer available", "has been removed", "has expired", "nicht mehr verfügbar", "n'est plus disponible", "n’est plus disponible", "ya no está disponible", "non è più disponibile", "не доступна", "удалена"}

var loginWords = []string{"log in", "login", "sign in", "anmelden", "einloggen", "connexion", "iniciar sesión", "accedi", "inloggen", "logga in", "logg inn", "zaloguj", "войти", "giriş yap", "ログイン", "登录", "로그인"}

// isNews reports whether the page says of itself that it is an article.
func (p *page) isNews() bool {
	return p.news.newsRank() >= 3 || newsTypes[p.items[p.newsItem].typ] >= 3 || p.meta("article:published_time") != "" || p.meta("og:type") == "article"
}

// isFront reports whether the page is a list of other articles: many lines
// that lead elsewhere, little text of its own, and no claim to be an article.
func (p *page) isFront(size int) bool {
	if p.isNews() {
		return false
	}
	leads, text, own := p.leads()
	if p.atRoot() {
		return leads >= 8 || leads >= 3 && size < 3000 && own < 2*text || size < 500
	}
	if p.a.Published != "" || p.longParagraphs() >= 3 {
		return false
	}
	return leads >= 5 && own < min(text, 3000)
}

// atRoot reports whether the page is the first page of its site.
func (p *page) atRoot() bool {
	u, err := url.Parse(p.address)
	return err == nil && u.Host != "" && strings.Trim(u.Path, "/") == "" && u.RawQuery == ""
}

// longParagraphs counts the paragraphs of an article's length.
func (p *page) longParagraphs() (n int) {
	for _, b := range p.a.Blocks {
		if b.Kind == dateline.Paragraph && b.End-b.Start > 140 {
			n++
		}
	}
	return n
}

// leads counts the lines that lead to other articles and their bytes: headings
// that are links, and links as long as a headline; and the bytes of the text
// that is neither such a line nor right under one.
func (p *page) leads() (n, size, own int) {
	above := false
	for i := range p.blocks {
		b := &p.blocks[i]
		lead := b.cue&(cueNav|cueFooter) == 0 && b.link*10 >= b.size*9 && (b.kind == dateline.Heading && b.size > 15 || b.size >= 35)
		if lead {
			n++
			size += b.size
		} else if !above && p.keeps(i) {
			own += b.size
		}
		above = lead
	}
	return n, size, own
}
