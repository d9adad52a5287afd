package extract

import (
	"strings"

	"dateline"
	"dateline/extract/body"
	"dateline/extract/page"
	"dateline/internal/text"
)

// skip returns why a page is no article, "" if it is one. It is careful: a page
// that says of itself that it is one, or that has the text of one, stays.
func skip(p *page.Page, b *body.Text, headline string, published dateline.Date) string {
	size, head := len(b.Content), text.Lower(headline)
	switch {
	case size < 1500 && longParagraphs(b) < 3 && isLost(head, text.Lower(p.Title)):
		return dateline.SkipNotFound
	case size < 200 && !p.IsNews() && text.ContainsAny(head, goneWords):
		return dateline.SkipNotFound
	case size < 600 && p.AsksPassword && !p.IsNews():
		return dateline.SkipLogin
	case size < 400 && !p.IsNews() && text.ContainsAny(head, loginWords):
		return dateline.SkipLogin
	case isFront(p, b, published):
		return dateline.SkipFront
	case b.Content == "":
		return dateline.SkipNoText
	}
	return ""
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

// isFront reports whether the page is a list of other articles: many lines
// that lead elsewhere, little text of its own, and no claim to be an article.
func isFront(p *page.Page, b *body.Text, published dateline.Date) bool {
	if p.IsNews() {
		return false
	}
	size := len(b.Content)
	leads, leading, own := leadsOf(b)
	if p.AtRoot() {
		return leads >= 8 || leads >= 3 && size < 3000 && own < 2*leading || size < 500
	}
	if published != "" || longParagraphs(b) >= 3 {
		return false
	}
	return leads >= 5 && own < min(leading, 3000)
}

// longParagraphs counts the paragraphs of an article's length.
func longParagraphs(text *body.Text) (n int) {
	for _, b := range text.Blocks {
		if b.Kind == dateline.Paragraph && b.End-b.Start > 140 {
			n++
		}
	}
	return n
}

// leadsOf counts the lines that lead to other articles and their bytes: headings
// that are links, and links as long as a headline; and the bytes of the text
// that is neither such a line nor right under one.
func leadsOf(p *body.Text) (n, size, own int) {
	above := false
	for i := range p.Layout.Blocks {
		b := &p.Layout.Blocks[i]
		lead := b.Roles&(page.InNav|page.InFooter) == 0 && b.Link*10 >= b.Size*9 && (b.Kind == dateline.Heading && b.Size > 15 || b.Size >= 35)
		if lead {
			n++
			size += b.Size
		} else if !above && p.Keeps(i) {
			own += b.Size
		}
		above = lead
	}
	return n, size, own
}
