package extract

import (
	"hash/maphash"
	"strings"
	"unicode/utf8"

	"dateline/internal/dom"
	"dateline/internal/text"
)

// A cue is what the names on an element (class, id, role, tag) say that it holds.
type cue uint32

const (
	cueNav     cue = 1 << iota // menus, breadcrumbs, headers and footers of the site
	cueRelated                 // links to other articles
	cueComment                 // what readers wrote
	cueShare                   // buttons to share and follow
	cueAd                      // advertisement
	cueSignup                  // newsletter, subscription, login, app, donation
	cueCaption                 // caption or credit of a picture
	cueByline                  // who wrote it
	cueTime                    // when
	cueTags                    // topics
	cueNotice                  // cookies, dialogs, tools, what only a screen reader reads
	cueHidden                  // not to be seen
	cueDeck                    // the sentence under the headline
	cueBody                    // the body of the article
	cueAside                   // beside the text: boxes, sidebars
	cueBio                     // about the author
	cueHeadline
	cueMedia   // players, galleries
	cueSection // the site's own heading above the headline
	cueQuote   // pull quotes
	cueFigure  // within <figure>
	cueFooter
	cueHeader
	cueForm
	cueArticle // within <article> or a like role
	cueEnd

	// cueOut marks what is no part of the article's text.
	cueOut = cueNav | cueRelated | cueComment | cueShare | cueAd | cueSignup | cueCaption | cueTags | cueNotice | cueHidden | cueBio | cueForm
)

// cueCount is how many cues there are.
const cueCount = 25

var _ = [1]bool{cueEnd - 1<<cueCount: true} // counted right

// cueWords maps a word of a class or id to what it says.
var cueWords = func() map[string]cue {
	m := map[string]cue{}
	for _, l := range []struct {
		c     cue
		words string
	}{
		{cueNav, `nav navbar navigation menu menus breadcrumb breadcrumbs toc pagination pager paginator sitemap topbar masthead skiplink
			skip offcanvas hamburger megamenu submenu mainmenu brotkrumen migas ariane colophon tableofcontents inhaltsverzeichnis`},
		{cueFooter, `footer foot bottombar`},
		{cueRelated, `related relateds recommend recommended recommendation recommendations recirc recirculation trending popular mostread
			mostpopular mostviewed readmore readalso morestories seealso readnext nextup upnext outbrain taboola teasers crosslink
			crosslinks linklist linkbox relatedarticles relatedposts relatedcontent relatedstories relatedlinks ligatus plista similar
			verwandte relacionados relacionadas relacionadas correlati correlate moreon morefrom latestnews jp-relatedposts
			promo promos interstitial moreinfo zergnet revcontent dianomi onward inarticlelink inlinelink`},
		{cueComment, `comment comments commentlist disqus kommentar kommentare kommentarer komentarze comentarios commentaires
			discussion forum reply replies respond reactions usercomments livefyre coral spotim`},
		{cueShare, `share shares sharing sharebar sharebuttons sharelinks social socials socialmedia follow followus addthis addtoany shareaholic
			sharedaddy sns bookmark teilen compartir partager condividi whatsapp sharetools socialbar socialshare copylink
			twittertweet tweetembed instagrammedia tiktokembed fbpost redditembed blueskyembed bskyembed`},
		{cueAd, `ad ads adv advert adverts advertise advertisement advertisements advertising anzeige anzeigen werbung publicidad publicite
			pubblicita reklama reklame reklam annonse sponsor sponsored sponsors sponsoring dfp gpt adslot adunit adbox adcontainer
			adwrapper affiliate googlead adsense adsbygoogle mpu leaderboard skyscraper billboard commercial`},
		{cueSignup, `newsletter newsletters subscribe subscription subscriptions subscriber signup regwall login signin register
			registration donate donation donations membership optin mailchimp mailinglist abonnement appdownload
			downloadapp nlbox`},
		{cueCaption, `caption captions imagecaption figcaption wpcaption credit credits imagecredit photocredit copyright bildunterschrift
			bildtext bildquelle fotocredit legende didascalia pie mediacaption photocaption caption-text imgcaption`},
		{cueByline, `byline bylines author authors autor autoren autores autore auteur auteurs verfasser writer writers writtenby
			contributor contributors reporter skribent forfatter authorname journalist signature firma redactor`},
		{cueTime, `date dates datum fecha data timestamp datetime published pubdate publishdate publicationdate updated dateline
			postdate lastmodified publish posttime pubtime`},
		{cueTags, `tag tags taglist topics topiclist keywords tagcloud schlagworte schlagwoerter etiquetas themen keyword articletags
			posttags categories topic`},
		{cueNotice, `cookie cookies consent gdpr privacy onetrust usercentrics didomi sourcepoint cookiebot datenschutz`},
		{cueDeck, `deck dek standfirst subtitle subheadline subline subhed intro introduction lead lede leadtext leadin summary excerpt
			abstract vorspann chapo chapeau sommario bajada entradilla ingress sapo catenaccio manchet perex zajawka lid underline
			undertitle strapline tagline preamble occhiello teasertext antetitulo resumen description einleitung subtitulo
			copete sumario lead-text spot underrubrik kurzfassung subheading`},
		{cueBody, `articlebody storybody articletext storytext bodytext articlecontent postcontent entrycontent storycontent
			contentbody textbody bodycopy maintext fulltext articlecopy articlemain newstext newsbody artikeltext brodtext brødtext
			postbody newscontent detailtext`},
		{cueAside, `sidebar aside infobox factbox sidecolumn rightcolumn rightrail widgetarea`},
		{cueBio, `bio biography authorbio aboutauthor authorbox authorinfo authorcard authordescription`},
		{cueHeadline, `headline headlines title titulo titolo titre rubrik`},
		{cueMedia, `video videos player gallery slideshow carousel slider jwplayer brightcove podcast audio embed swiper slick`},
		{cueSection, `kicker eyebrow overline dachzeile spitzmarke rubric toplines topline section category rubrique`},
		{cueQuote, `pullquote pull-quote blockquote zitat quote quotebox`},
		{cueForm, `form formular searchform search modal popup popin overlay toast lightbox dialog tooltip toolbar tools
			screenreader offscreen printonly notification notifications feedback rating ratings vote poll survey breakingnews ticker
			weather stickybar snackbar audioplayer readspeaker texttospeech`},
	} {
		for _, w := range strings.Fields(l.words) {
			m[w] |= l.c
		}
	}
	return m
}()

// cuePrefixes are beginnings of run-together names: "relatedarticles2".
var cuePrefixes = [...]struct {
	prefix string
	c      cue
}{
	{"advert", cueAd}, {"adslot", cueAd}, {"breadcrumb", cueNav}, {"comment", cueComment}, {"cookie", cueNotice}, {"disqus", cueComment},
	{"newsletter", cueSignup}, {"outbrain", cueRelated}, {"recommend", cueRelated}, {"related", cueRelated}, {"sharebar", cueShare},
	{"sharebutton", cueShare}, {"sharing", cueShare}, {"socialshare", cueShare}, {"sponsor", cueAd}, {"subscri", cueSignup},
	{"taboola", cueRelated}, {"trending", cueRelated}, {"sidebar", cueAside}, {"mostread", cueRelated},
}

// A cueReader reads the names on elements. Names repeat within a page, so what
// each list of classes says is remembered by its hash.
type cueReader struct {
	seed maphash.Seed
	memo [1024]struct {
		hash uint64
		cue  cue
	}
}

// of returns what the names on element n say.
func (r *cueReader) of(t *dom.Tree, n dom.ID) cue {
	c := cueTag[t.Tag(n)]
	for _, a := range t.Attrs(n) {
		switch a.Key {
		case dom.Class, dom.ID_, dom.DataTestid, dom.DataComponent, dom.DataQA:
			c |= r.names(a.Value)
		case dom.Role:
			c |= cueRole[a.Value]
		case dom.Hidden:
			c |= cueHidden
		case dom.StyleKey:
			if hides(a.Value) {
				c |= cueHidden
			}
		case dom.Itemprop:
			c |= cueProp(a.Value)
		}
	}
	if t.Tag(n) == dom.Other {
		c |= r.names(t.Nodes[n].Text)
	}
	return c
}

var cueTag = func() (m [256]cue) {
	m[dom.Nav], m[dom.Menu] = cueNav, cueNav
	m[dom.Footer] = cueFooter
	m[dom.Header] = cueHeader
	m[dom.Aside] = cueAside
	m[dom.Figcaption] = cueCaption
	m[dom.Caption] = cueCaption
	m[dom.Figure] = cueFigure
	m[dom.Dialog] = cueForm
	m[dom.Form], m[dom.Fieldset] = cueForm, cueForm
	m[dom.Button], m[dom.Label] = cueForm, cueForm
	m[dom.Article], m[dom.Main] = cueArticle, cueArticle
	m[dom.Time] = cueTime
	return m
}()

var cueRole = map[string]cue{
	"navigation": cueNav, "banner": cueNav, "contentinfo": cueFooter, "complementary": cueAside, "search": cueForm, "dialog": cueForm,
	"alertdialog": cueForm, "menu": cueNav, "menubar": cueNav, "tooltip": cueForm, "toolbar": cueForm, "form": cueForm,
	"article": cueArticle, "main": cueArticle, "button": cueForm, "doc-pullquote": cueQuote, "figure": cueFigure, "tablist": cueForm,
}

func cueProp(prop string) cue {
	switch prop {
	case "articleBody", "text", "reviewBody":
		return cueBody
	case "author", "creator":
		return cueByline
	case "comment":
		return cueComment
	case "caption", "copyrightHolder":
		return cueCaption
	case "datePublished", "dateModified", "dateCreated":
		return cueTime
	case "keywords":
		return cueTags
	case "publisher", "logo":
		return cueNotice
	case "alternativeHeadline", "description":
		return cueDeck
	}
	return 0
}

// hides reports whether an inline style takes the element from sight.
func hides(style string) bool {
	i := strings.Index(style, "display")
	if i >= 0 && strings.HasPrefix(strings.TrimLeft(style[i+len("display"):], ": "), "none") {
		return true
	}
	if strings.Contains(style, "clip:rect(0") || strings.Contains(style, "clip: rect(0") {
		return true
	}
	i = strings.Index(style, "visibility")
	return i >= 0 && strings.HasPrefix(strings.TrimLeft(style[i+len("visibility"):], ": "), "hidden")
}

// names returns what a list of classes says.
func (r *cueReader) names(list string) cue {
	if list == "" {
		return 0
	}
	hash := maphash.String(r.seed, list) | 1 // zero is that of an empty entry
	known := &r.memo[hash>>8%uint64(len(r.memo))]
	if known.hash != hash {
		known.hash, known.cue = hash, namesCue(list)
	}
	return known.cue
}

func namesCue(list string) (c cue) {
	post := false // a post's classes name its tags, categories and format
	for list != "" {
		n := 0
		for n < len(list) && list[n] > ' ' {
			n++
		}
		token := list[:n]
		list = list[min(n+1, len(list)):]
		if token == "" {
			continue
		}
		c |= tokenCue(token)
		post = post || token == "hentry" || token == "type-post" || token == "post-type-post"
	}
	if post {
		c &= cueBody | cueHidden
	}
	return c
}

// What a byte is in the name of a class.
const (
	separator = 1 << iota
	capitalLetter
	otherAlphabet
	ofVariant // stands in the name of a style's variant, not in that of a thing
)

var classBytes = func() (t [256]uint8) {
	for c := range t {
		switch c := byte(c); {
		case strings.IndexByte(":[%", c) >= 0:
			t[c] = separator | ofVariant
		case c >= utf8.RuneSelf:
			t[c] = otherAlphabet
		case text.Upper(c):
			t[c] = capitalLetter
		case !text.Alnum(c):
			t[c] = separator
		}
	}
	return t
}()

// tokenCue reads one class: as a whole, its parts, and neighbouring parts run
// together ("article-body", "articleBody", "article__body").
func tokenCue(token string) cue {
	has := uint8(0)
	for i := range len(token) {
		has |= classBytes[token[i]]
	}
	if len(token) > 120 || has&ofVariant != 0 {
		return 0
	}
	if has&separator == 0 {
		switch token {
		case "hidden", "visuallyhidden", "hide", "invisible":
			return cueHidden
		case "noprint":
			return 0
		}
	} else {
		switch token {
		case "visually-hidden", "sr-only", "screen-reader-text", "d-none", "u-hidden", "screen-reader-only", "a11y-hidden", "visually_hidden":
			return cueHidden
		case "d-print-none", "hidden-print":
			return 0
		}
		if strings.HasPrefix(token, "has-") || strings.HasPrefix(token, "no-") || strings.HasPrefix(token, "is-") || strings.HasPrefix(token, "js-has") {
			return 0
		}
	}
	low := token
	if has&(capitalLetter|otherAlphabet) != 0 {
		if low = text.Lower(token); len(low) != len(token) {
			token = low
		}
	}
	var c cue
	prev, together := "", uint64(0) // the part before, and the hash that one run together with it goes on from
	start, clean := 0, true         // of this part: not cut off from the one before by a capital letter alone
	hash := uint64(cueSeed)
	for i := 0; i <= len(token); i++ {
		class := uint8(separator)
		if i < len(token) {
			class = classBytes[token[i]]
		}
		sep := class == separator
		if sep || class == capitalLetter && i > start && !text.Upper(token[i-1]) {
			if i > start {
				w := low[start:i]
				if i-start > 3 || clean && sep {
					c |= cueWord(w, hash)
				}
				if prev != "" {
					c |= pairCue(prev, w) | cueTable.find(together)
				}
				prev, together = w, hash
			}
			start, clean, hash = i, sep, cueSeed
			if sep {
				start++
				continue
			}
		}
		hash = (hash ^ uint64(low[i])) * cuePrime
		together = (together ^ uint64(low[i])) * cuePrime
	}
	return c
}

// cueWord reads one word, in lower case, with its hash.
func cueWord(w string, hash uint64) cue {
	if c := cueTable.find(hash); c != 0 {
		return c
	}
	if len(w) > 6 {
		for i := range cuePrefixes {
			if p := &cuePrefixes[i]; p.prefix[0] == w[0] && strings.HasPrefix(w, p.prefix) {
				return p.c
			}
		}
	}
	return 0
}

// A wordTable finds the cues of a word by the word's hash (FNV-1a), of which it
// keeps the half that does not lead to the place.
type wordTable [2048]struct {
	mark uint32
	cue  cue
}

const (
	cueSeed  = 14695981039346656037
	cuePrime = 1099511628211
)

var cueTable = func() *wordTable {
	t := new(wordTable)
	for w, c := range cueWords {
		h := uint64(cueSeed)
		for i := range len(w) {
			h = (h ^ uint64(w[i])) * cuePrime
		}
		i := h % uint64(len(t))
		for t[i].cue != 0 {
			i = (i + 1) % uint64(len(t))
		}
		t[i].mark, t[i].cue = uint32(h>>32), c
	}
	return t
}()

// find returns the cues of the word with this hash, 0 if it is not known.
func (t *wordTable) find(hash uint64) cue {
	for i := hash % uint64(len(t)); t[i].cue != 0; i = (i + 1) % uint64(len(t)) {
		if t[i].mark == uint32(hash>>32) {
			return t[i].cue
		}
	}
	return 0
}

// pairCue reads two neighbouring words.
func pairCue(a, b string) cue {
	switch b {
	case "body", "content", "text", "copy", "main", "inhalt", "cuerpo", "corpo":
		switch a {
		case "article", "story", "entry", "post", "main", "artikel", "articulo", "articolo", "news", "text", "body", "content", "detail", "noticia", "single", "page":
			return cueBody
		}
	case "read", "viewed", "popular", "shared":
		if a == "most" {
			return cueRelated
		}
	case "more", "also", "next":
		if a == "read" || a == "see" {
			return cueRelated
		}
	case "news", "stories", "articles", "posts", "story":
		if a == "more" || a == "latest" || a == "other" || a == "top" {
			return cueRelated
		}
	case "up", "in":
		if a == "sign" || a == "log" {
			return cueSignup
		}
	case "reader", "only":
		if a == "screen" || a == "sr" {
			return cueHidden
		}
	case "app":
		if a == "download" || a == "get" {
			return cueSignup
		}
	case "author":
		if a == "about" {
			return cueBio
		}
	}
	return 0
}
