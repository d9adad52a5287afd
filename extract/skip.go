package extract

import (
	"net/url"
	"strings"

	"dateline"
	"dateline/internal/dom"
)

// skip says why a page is no article. It is careful: a page that says of
// itself that it is one, or that has the text of one, stays.
func (p *page) skip() {
	size := len(p.a.Text)
	switch {
	case size < 1500 && isLost(strings.ToLower(p.a.Headline), strings.ToLower(p.title)):
		p.a.Skip = dateline.SkipNotFound
	case size < 600 && p.password && !p.isNews():
		p.a.Skip = dateline.SkipLogin
	case size < 400 && !p.isNews() && containsAny(strings.ToLower(p.a.Headline), loginWords):
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
	return containsAny(headline+" | "+title, lostWords)
}

// lostWords stand in the title of a page that is not there.
var lostWords = []string{"404 error", "error 404", "404 not found", "page not found", "not found |", "not found -", "page doesn't exist", "page does not exist", "page cannot be found", "page can't be found", "page you requested",
	"seite nicht gefunden", "seite wurde nicht gefunden", "page introuvable", "page non trouvée", "página no encontrada", "pagina non trovata", "página não encontrada", "pagina niet gevonden",
	"sidan hittades inte", "siden blev ikke fundet", "siden finnes ikke", "fant ikke siden", "nie znaleziono", "stránka nenalezena", "страница не найдена", "сторінку не знайдено", "sayfa bulunamadı",
	"halaman tidak ditemukan", "ページが見つかりません", "页面不存在", "找不到", "페이지를 찾을 수 없", "الصفحة غير موجودة", "הדף לא נמצא", "sivua ei löydy", "410 gone", "access denied", "403 forbidden", "just a moment..."}

var loginWords = []string{"log in", "login", "sign in", "anmelden", "einloggen", "connexion", "iniciar sesión", "accedi", "inloggen", "logga in", "logg inn", "zaloguj", "войти", "giriş yap", "ログイン", "登录", "로그인"}

// isNews reports whether the page says of itself that it is an article.
func (p *page) isNews() bool {
	for typ := range p.news.types() {
		if newsTypes[typ] >= 3 {
			return true
		}
	}
	return newsTypes[p.items[p.newsItem].typ] >= 3 || p.meta("article:published_time") != "" || p.meta("og:type") == "article"
}

// isFront reports whether the page is a list of other articles: many headings
// or long links that lead elsewhere, little text of its own, and no claim to
// be an article.
func (p *page) isFront(size int) bool {
	if p.isNews() {
		return false
	}
	u, err := url.Parse(p.address)
	root := err == nil && u.Host != "" && strings.Trim(u.Path, "/") == "" && u.RawQuery == ""
	t := p.t
	leads, text := 0, 0
	for n := dom.ID(1); n < dom.ID(t.Len()); n++ {
		if !t.Tag(n).Heading() || p.cues[n]&(cueNav|cueFooter) != 0 {
			continue
		}
		if p.linked(n) {
			leads++
			text += int(p.size[t.End(n)] - p.size[n])
		}
	}
	switch {
	case root:
		return leads >= 3 || size < 3000
	case p.a.Published != "":
		return false
	}
	long := 0 // paragraphs of an article's length
	for _, b := range p.a.Blocks {
		if b.Kind == dateline.Paragraph && b.End-b.Start > 200 {
			long++
		}
	}
	return long < 3 && (leads >= 8 && size < 3*text && size < 3000 || leads >= 5 && size < 400)
}

// linked reports whether a heading is a link, or in one.
func (p *page) linked(n dom.ID) bool {
	t := p.t
	if t.Tag(t.Parent(n)) == dom.A {
		return true
	}
	for c := n + 1; c < t.End(n); c++ {
		if t.Tag(c) == dom.A {
			return p.size[t.End(c)]-p.size[c] > 15
		}
	}
	return false
}
