package feed

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"dateline/extract/link"
	"dateline/extract/wall"
)

// Discovered is what a page says of where its news can be followed.
type Discovered struct {
	Feeds    []string `json:"discover,omitempty"`          // in order, each once, without feeds of comments
	Comments []string `json:"discover_comments,omitempty"` // feeds of comments
	Moved    string   `json:"moved_to,omitempty"`          // where the page sends its readers
}

// Discover reads which feeds a page names: link elements of the relation
// "alternate" (or "feed") with the type of a feed, in its head.
func Discover(in Input) Discovered {
	text, _ := decode(in)
	return discover(text, in)
}

// feedTypes are media types of feeds. Of application/json and the XML types
// that tell nothing of themselves, only those that say more are believed.
var feedTypes = map[string]bool{
	"application/rss+xml": true, "application/atom+xml": true, "application/rdf+xml": true, "application/feed+json": true, "application/x-rss+xml": true,
}

// unsure are media types that feeds and other things have.
var unsure = map[string]bool{"application/json": true, "text/xml": true, "application/xml": true, "text/rss": true, "text/rss+xml": true}

// page is the feed of a page: none, with the links that it names.
func page(text string, in Input, flaws []Flaw) *Feed {
	f := &Feed{Items: []Item{}, Flaws: flaws}
	if wall.Challenge(text) {
		f.note(Challenge)
	} else {
		f.note(HTML)
	}
	f.Links = discover(text, in)
	f.Moved = f.Links.Moved
	return f
}

func discover(text string, in Input) Discovered {
	var d Discovered
	base := in.URL
	z := html.NewTokenizer(strings.NewReader(text))
	z.SetMaxBuf(1 << 20)
	for {
		switch z.Next() {
		case html.ErrorToken:
			return d
		case html.StartTagToken, html.SelfClosingTagToken:
		default:
			continue
		}
		name, has := z.TagName()
		tag := string(name)
		if tag == "body" {
			return d // what a page embeds is not what it says of itself
		}
		if !has || tag != "base" && tag != "link" && tag != "meta" {
			continue
		}
		at := attributes(z)
		switch tag {
		case "base":
			if b, ok := link.Request(in.URL, at["href"]); ok && base == in.URL {
				base = b
			}
		case "link":
			d.link(base, at)
		case "meta":
			if strings.EqualFold(at["http-equiv"], "refresh") && d.Moved == "" {
				d.Moved = refresh(base, at["content"])
			}
		}
	}
}

func attributes(z *html.Tokenizer) map[string]string {
	at := map[string]string{}
	for more := true; more && len(at) < maxAttrs; {
		var k, v []byte
		k, v, more = z.TagAttr()
		if _, twice := at[string(k)]; !twice {
			at[string(k)] = string(v)
		}
	}
	return at
}

// link takes up a link element that names a feed.
func (d *Discovered) link(base string, at map[string]string) {
	rels := strings.Fields(strings.ToLower(at["rel"]))
	media, _, _ := strings.Cut(strings.ToLower(at["type"]), ";")
	media = strings.TrimSpace(media)
	named := slices.Contains(rels, "feed")
	if !named && !slices.Contains(rels, "alternate") || slices.Contains(rels, "stylesheet") {
		return
	}
	if !named && !feedTypes[media] && !(unsure[media] && looksLikeFeed(at["href"])) {
		return
	}
	address, ok := link.Request(base, at["href"])
	if !ok {
		return
	}
	into := &d.Feeds
	if isComments(address, at["title"]) {
		into = &d.Comments
	}
	if !slices.Contains(*into, address) {
		*into = append(*into, address)
	}
}

var feedPath = regexp.MustCompile(`(?i)(?:^|[/._?=&-])(?:rss|atom|feeds?|rdf)(?:[/._?=&-]|$)`)

func looksLikeFeed(address string) bool {
	return feedPath.MatchString(address) && !strings.Contains(address, "oembed")
}

var commentPath = regexp.MustCompile(`(?i)(?:^|[/._?=&-])comments?(?:[/._?=&-]|$)`)

// commentWords stand in the titles of feeds of comments, in the languages
// that publishing systems come in.
var commentWords = []string{"comments", "kommentar", "commentaires", "comentarios", "comentários", "commenti", "reacties", "комментари", "komentarze", "コメント", "评论"}

func isComments(address, title string) bool {
	title = strings.ToLower(title)
	return commentPath.MatchString(address) || slices.ContainsFunc(commentWords, func(w string) bool { return strings.Contains(title, w) })
}

// refreshForm is the content of a meta element that sends readers elsewhere.
var refreshForm = regexp.MustCompile(`(?i)^\s*\d+(?:\.\d*)?\s*[;,]?\s*(?:url\s*=\s*)?["']?([^"'\s]+)`)

func refresh(base, content string) string {
	m := refreshForm.FindStringSubmatch(content)
	if m == nil {
		return ""
	}
	address, ok := link.Request(base, m[1])
	if !ok || same(address, base) {
		return ""
	}
	return address
}
