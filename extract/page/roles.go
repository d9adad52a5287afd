package page

import (
	"hash/maphash"
	"strings"
	"unicode/utf8"

	"dateline/internal/dom"
	"dateline/internal/text"
)

// A Role is a set of bits for what the names on an element (its tag, class, id, role and
// the like) say that it holds. Zero says that they say nothing.
type Role uint32

// The roles, each a bit.
const (
	InNav      Role = 1 << iota // menus, breadcrumbs, headers and footers of the site
	InRelated                   // links to other articles
	InComment                   // what readers wrote
	InShare                     // buttons to share and follow
	InAd                        // advertisement
	InSignup                    // newsletter, subscription, login, app, donation
	InCaption                   // caption or credit of a picture
	InByline                    // who wrote it
	InTime                      // when
	InTags                      // topics
	InNotice                    // notices on cookies, data of the publisher
	Hidden                      // not to be seen on the screen
	InDeck                      // the sentence under the headline
	InBody                      // the body of the article
	InAside                     // beside the text: boxes, sidebars
	InBio                       // about the author
	InHeadline                  // the headline
	InMedia                     // players, galleries
	InSection                   // the site's own heading above the headline
	InQuote                     // pull quotes
	InFigure                    // within <figure>
	InFooter                    // what stands below the page
	InHeader                    // what stands above the page
	InForm                      // what is filled in or pressed: forms, dialogs, tools
	InArticle                   // within <article> or <main>, or an element with such a role
	inEnd                       // the bit after the last

	// NotText has the roles of what is no part of the article's text.
	NotText = InNav | InRelated | InComment | InShare | InAd | InSignup | InCaption | InTags | InNotice | Hidden | InBio | InForm
)

// undisplayed is the bit of elements that the page's own styles hide: see hideByStyle.
// Their text is in no block.
const undisplayed Role = 1 << 31

// roleNames are the names of the roles, from the lowest bit on.
var roleNames = [RoleCount]string{"navigation", "related", "comment", "share", "advertisement", "sign-up", "caption", "byline", "time", "tags", "notice", "hidden",
	"deck", "body", "aside", "about the author", "headline", "media", "section", "pull quote", "figure", "footer", "header", "form", "article"}

// Names returns the names of the roles in r: "related", "aside".
func (r Role) Names() (names []string) {
	for i, n := range roleNames {
		if r>>i&1 != 0 {
			names = append(names, n)
		}
	}
	return names
}

// RoleName returns the name of the role with bit i.
func RoleName(i int) string { return roleNames[i] }

// RoleCount is how many roles there are.
const RoleCount = 25

var _ = [1]bool{inEnd - 1<<RoleCount: true} // does not compile if RoleCount is wrong

// roleWords maps a word in a class or id, in lower case, to its roles.
var roleWords = func() map[string]Role {
	m := map[string]Role{}
	for _, l := range []struct {
		c     Role
		words string
	}{
		{InNav, `nav navbar navigation menu menus breadcrumb breadcrumbs toc pagination pager paginator sitemap topbar masthead skiplink
			skip offcanvas hamburger megamenu submenu mainmenu brotkrumen migas ariane colophon tableofcontents inhaltsverzeichnis`},
		{InFooter, `footer foot bottombar`},
		{InRelated, `related relateds recommend recommended recommendation recommendations recirc recirculation trending popular mostread
			mostpopular mostviewed readmore readalso morestories seealso readnext nextup upnext outbrain taboola teasers crosslink
			crosslinks linklist linkbox relatedarticles relatedposts relatedcontent relatedstories relatedlinks ligatus plista similar
			verwandte relacionados relacionadas relacionadas correlati correlate moreon morefrom latestnews jp-relatedposts
			promo promos interstitial moreinfo zergnet revcontent dianomi onward inarticlelink inlinelink`},
		{InComment, `comment comments commentlist disqus kommentar kommentare kommentarer komentarze comentarios commentaires
			discussion forum reply replies respond reactions usercomments livefyre coral spotim`},
		{InShare, `share shares sharing sharebar sharebuttons sharelinks social socials socialmedia follow followus addthis addtoany shareaholic
			sharedaddy sns bookmark teilen compartir partager condividi whatsapp sharetools socialbar socialshare copylink
			twittertweet tweetembed instagrammedia tiktokembed fbpost redditembed blueskyembed bskyembed`},
		{InAd, `ad ads adv advert adverts advertise advertisement advertisements advertising anzeige anzeigen werbung publicidad publicite
			pubblicita reklama reklame reklam annonse sponsor sponsored sponsors sponsoring dfp gpt adslot adunit adbox adcontainer
			adwrapper affiliate googlead adsense adsbygoogle mpu leaderboard skyscraper billboard commercial`},
		{InSignup, `newsletter newsletters subscribe subscription subscriptions subscriber signup regwall login signin register
			registration donate donation donations membership optin mailchimp mailinglist abonnement appdownload
			downloadapp nlbox`},
		{InCaption, `caption captions imagecaption figcaption wpcaption credit credits imagecredit photocredit copyright bildunterschrift
			bildtext bildquelle fotocredit legende didascalia pie mediacaption photocaption caption-text imgcaption
			imgdesc imagedesc imagedescription photodescription legend imagelegend`},
		{InByline, `byline bylines author authors autor autoren autores autore auteur auteurs verfasser writer writers writtenby
			contributor contributors reporter skribent forfatter authorname journalist signature firma redactor`},
		{InTime, `date dates datum fecha data timestamp datetime published pubdate publishdate publicationdate updated dateline
			postdate lastmodified publish posttime pubtime`},
		{InTags, `tag tags taglist topics topiclist keywords tagcloud schlagworte schlagwoerter etiquetas themen keyword articletags
			posttags categories topic`},
		{InNotice, `cookie cookies consent gdpr privacy onetrust usercentrics didomi sourcepoint cookiebot datenschutz`},
		{InDeck, `deck dek standfirst subtitle subheadline subline subhed intro introduction lead lede leadtext leadin summary excerpt
			abstract vorspann chapo chapeau sommario bajada entradilla ingress sapo catenaccio manchet perex zajawka lid underline
			undertitle strapline tagline preamble occhiello teasertext antetitulo resumen description einleitung subtitulo
			copete sumario lead-text spot underrubrik kurzfassung subheading`},
		{InBody, `articlebody storybody articletext storytext bodytext articlecontent postcontent entrycontent storycontent
			contentbody textbody bodycopy maintext fulltext articlecopy articlemain newstext newsbody artikeltext brodtext brødtext
			postbody newscontent detailtext`},
		{InAside, `sidebar aside infobox factbox sidecolumn rightcolumn rightrail widgetarea`},
		{InBio, `bio biography authorbio aboutauthor authorbox authorinfo authorcard authordescription`},
		{InHeadline, `headline headlines title titulo titolo titre rubrik`},
		{InMedia, `video videos player gallery slideshow carousel slider jwplayer brightcove podcast audio embed swiper slick`},
		{InSection, `kicker eyebrow overline dachzeile spitzmarke rubric toplines topline section category rubrique`},
		{InQuote, `pullquote pull-quote blockquote zitat quote quotebox`},
		{InForm, `form formular searchform search modal popup popin overlay toast lightbox dialog tooltip toolbar tools
			screenreader offscreen printonly notification notifications feedback rating ratings vote poll survey breakingnews ticker
			weather stickybar snackbar audioplayer readspeaker texttospeech`},
	} {
		for _, w := range strings.Fields(l.words) {
			m[w] |= l.c
		}
	}
	return m
}()

// rolePrefixes are the beginnings of names whose words are written together, such as
// "relatedarticles2".
var rolePrefixes = [...]struct {
	prefix string
	c      Role
}{
	{"advert", InAd}, {"adslot", InAd}, {"breadcrumb", InNav}, {"comment", InComment}, {"cookie", InNotice}, {"disqus", InComment},
	{"newsletter", InSignup}, {"outbrain", InRelated}, {"recommend", InRelated}, {"related", InRelated}, {"sharebar", InShare},
	{"sharebutton", InShare}, {"sharing", InShare}, {"socialshare", InShare}, {"sponsor", InAd}, {"subscri", InSignup},
	{"taboola", InRelated}, {"trending", InRelated}, {"sidebar", InAside}, {"mostread", InRelated},
}

// A roleReader reads the names on elements. Names repeat within a page, so it remembers
// the roles of each list of classes by a hash of the list.
type roleReader struct {
	seed maphash.Seed
	memo [1024]struct {
		hash uint64
		cue  Role
	}
}

// of returns the roles that the names on element n say.
func (r *roleReader) of(t *dom.Tree, n dom.ID) Role {
	c := roleOfTag[t.Tag(n)]
	if c == InFooter && t.Tag(t.Parent(n)) == dom.Blockquote { // who is quoted (HTML Standard, section 4.4.4)
		c = 0
	}
	for _, a := range t.Attrs(n) {
		switch a.Key {
		case dom.Class, dom.ID_, dom.DataTestid, dom.DataComponent, dom.DataQA:
			c |= r.names(a.Value)
		case dom.Role:
			c |= roleOfRole[a.Value]
		case dom.Hidden:
			c |= Hidden
		case dom.StyleKey:
			if hides(a.Value) {
				c |= Hidden
			}
		case dom.Itemprop:
			c |= roleOfProp(a.Value)
		}
	}
	if t.Tag(n) == dom.Other {
		c |= r.names(t.Nodes[n].Text)
	}
	return c
}

// roleOfTag has the roles that each tag says.
var roleOfTag = func() (m [256]Role) {
	m[dom.Nav], m[dom.Menu] = InNav, InNav
	m[dom.Footer] = InFooter
	m[dom.Header] = InHeader
	m[dom.Aside] = InAside
	m[dom.Figcaption] = InCaption
	m[dom.Caption] = InCaption
	m[dom.Figure] = InFigure
	m[dom.Dialog] = InForm
	m[dom.Form], m[dom.Fieldset] = InForm, InForm
	m[dom.Button], m[dom.Label] = InForm, InForm
	m[dom.Article], m[dom.Main] = InArticle, InArticle
	m[dom.Time] = InTime
	return m
}()

// roleOfRole has what values of the attribute role say (https://www.w3.org/TR/wai-aria/).
var roleOfRole = map[string]Role{
	"navigation": InNav, "banner": InNav, "contentinfo": InFooter, "complementary": InAside, "search": InForm, "dialog": InForm,
	"alertdialog": InForm, "menu": InNav, "menubar": InNav, "tooltip": InForm, "toolbar": InForm, "form": InForm,
	"article": InArticle, "main": InArticle, "button": InForm, "doc-pullquote": InQuote, "figure": InFigure, "tablist": InForm,
}

// roleOfProp returns what a property of microdata says about its element.
func roleOfProp(prop string) Role {
	switch prop {
	case "articleBody", "text", "reviewBody":
		return InBody
	case "author", "creator":
		return InByline
	case "comment":
		return InComment
	case "caption", "copyrightHolder":
		return InCaption
	case "datePublished", "dateModified", "dateCreated":
		return InTime
	case "keywords":
		return InTags
	case "publisher", "logo":
		return InNotice
	case "alternativeHeadline", "description":
		return InDeck
	}
	return 0
}

// hides reports whether the text of a style attribute hides its element.
func hides(style string) bool {
	i := strings.Index(style, "display")
	if i >= 0 && strings.HasPrefix(strings.TrimLeft(style[i+len("display"):], ": "), "none") {
		return true
	}
	if strings.Contains(style, "clip:rect(0") || strings.Contains(style, "clip: rect(0") || isOffScreen(style) {
		return true
	}
	i = strings.Index(style, "visibility")
	return i >= 0 && strings.HasPrefix(strings.TrimLeft(style[i+len("visibility"):], ": "), "hidden")
}

// isOffScreen reports whether a style moves an element or its text out of sight, to the
// left or above the screen by a thousand or more.
func isOffScreen(style string) bool {
	if !strings.Contains(style, "absolute") && !strings.Contains(style, "indent") {
		return false
	}
	for _, by := range [...]string{"left", "top", "text-indent"} {
		_, rest, _ := strings.Cut(style, by)
		digits, negative := strings.CutPrefix(strings.TrimLeft(rest, " :"), "-")
		if negative && len(digits)-len(strings.TrimLeft(digits, "0123456789")) >= len("1000") {
			return true
		}
	}
	return false
}

// names returns the roles that a list of classes says.
func (r *roleReader) names(list string) Role {
	if list == "" {
		return 0
	}
	hash := maphash.String(r.seed, list) | 1 // zero is that of an empty entry
	known := &r.memo[hash>>8%uint64(len(r.memo))]
	if known.hash != hash {
		known.hash, known.cue = hash, rolesOfNames(list)
	}
	return known.cue
}

// rolesOfNames returns the roles that a list of names, parted by spaces, says.
func rolesOfNames(list string) (c Role) {
	post := false // the classes of a WordPress post: they name its tags, categories and format, not what the element holds
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
		c |= rolesOfToken(token)
		post = post || token == "hentry" || token == "type-post" || token == "post-type-post"
	}
	if post {
		c &= InBody | Hidden
	}
	return c
}

// What a byte can be in the name of a class, as bits.
const (
	separator = 1 << iota
	capitalLetter
	otherAlphabet
	ofVariant // only in classes of style tools such as Tailwind ("md:hidden"), which do not name a thing
)

// classBytes has these bits for every byte.
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

// rolesOfToken returns the roles that one class says: by the whole name, by each of its
// words, and by two words beside each other, alone or written together. The words of
// "article-body", "articleBody" and "article__body" are the same.
func rolesOfToken(token string) Role {
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
			return Hidden
		case "noprint":
			return 0
		}
	} else {
		switch token {
		case "visually-hidden", "sr-only", "screen-reader-text", "d-none", "u-hidden", "screen-reader-only", "a11y-hidden", "visually_hidden":
			return Hidden
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
	var c Role
	prev, together := "", uint64(0) // the word before, and the hash of both words written together
	start, clean := 0, true         // of this word; clean: a separator, not only a capital letter, stands before it
	hash := uint64(hashSeed)
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
					c |= roleOfWord(w, hash)
				}
				if prev != "" {
					c |= roleOfPair(prev, w) | roleTable.find(together)
				}
				prev, together = w, hash
			}
			start, clean, hash = i, sep, hashSeed
			if sep {
				start++
				continue
			}
		}
		hash = (hash ^ uint64(low[i])) * hashPrime
		together = (together ^ uint64(low[i])) * hashPrime
	}
	return c
}

// roleOfWord returns the roles of one word in lower case, given with its hash.
func roleOfWord(w string, hash uint64) Role {
	if c := roleTable.find(hash); c != 0 {
		return c
	}
	if len(w) > 6 {
		for i := range rolePrefixes {
			if p := &rolePrefixes[i]; p.prefix[0] == w[0] && strings.HasPrefix(w, p.prefix) {
				return p.c
			}
		}
	}
	return 0
}

// A wordTable is a hash table from words to roles. It keeps no words: the low bits of a
// word's hash (FNV-1a of 64 bits, by Fowler, Noll and Vo) give the place where the search
// begins, and the high half, which is kept, tells the word from others.
type wordTable [2048]struct {
	mark uint32
	cue  Role
}

// The offset basis and the prime of FNV-1a.
const (
	hashSeed  = 14695981039346656037
	hashPrime = 1099511628211
)

// roleTable holds roleWords.
var roleTable = func() *wordTable {
	t := new(wordTable)
	for w, c := range roleWords {
		h := uint64(hashSeed)
		for i := range len(w) {
			h = (h ^ uint64(w[i])) * hashPrime
		}
		i := h % uint64(len(t))
		for t[i].cue != 0 {
			i = (i + 1) % uint64(len(t))
		}
		t[i].mark, t[i].cue = uint32(h>>32), c
	}
	return t
}()

// find returns the roles of the word with this hash, 0 if it is not known.
func (t *wordTable) find(hash uint64) Role {
	for i := hash % uint64(len(t)); t[i].cue != 0; i = (i + 1) % uint64(len(t)) {
		if t[i].mark == uint32(hash>>32) {
			return t[i].cue
		}
	}
	return 0
}

// roleOfPair returns the roles that two words beside each other say together.
func roleOfPair(a, b string) Role {
	switch b {
	case "body", "content", "text", "copy", "main", "inhalt", "cuerpo", "corpo":
		switch a {
		case "article", "story", "entry", "post", "main", "artikel", "articulo", "articolo", "news", "text", "body", "content", "detail", "noticia", "single", "page":
			return InBody
		}
	case "read", "viewed", "popular", "shared":
		if a == "most" {
			return InRelated
		}
	case "more", "also", "next":
		if a == "read" || a == "see" {
			return InRelated
		}
	case "news", "stories", "articles", "posts", "story":
		if a == "more" || a == "latest" || a == "other" || a == "top" {
			return InRelated
		}
	case "up", "in":
		if a == "sign" || a == "log" {
			return InSignup
		}
	case "reader", "only":
		if a == "screen" || a == "sr" {
			return Hidden
		}
	case "app":
		if a == "download" || a == "get" {
			return InSignup
		}
	case "author":
		if a == "about" {
			return InBio
		}
	}
	return 0
}
