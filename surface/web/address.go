package web

import (
	"fmt"
	"net/url"
	"strconv"

	"dateline"
	"dateline/answer"
	"dateline/query"
)

// asking is what the links to searches on one page have in common: whether the best
// match comes first (best), and whether doubtful statements count, too (all).
type asking struct{ best, all bool }

// searchURL is the address of one page, from 1, of the search for q.
func (k asking) searchURL(q string, page int) string {
	v := url.Values{"q": {q}}
	if k.all {
		v.Set("all", "1")
	}
	if k.best {
		v.Set("sort", "best")
	}
	if page > 1 {
		v.Set("page", strconv.Itoa(page))
	}
	return "/search?" + v.Encode()
}

// articleURL is the address of the newest version of an article, with the words of the
// query q marked; "" marks none.
func (k asking) articleURL(id dateline.ArticleID, q string) string {
	v := url.Values{}
	if q != "" {
		v.Set("q", q)
		if k.all {
			v.Set("all", "1")
		}
	}
	return withValues("/article/"+url.PathEscape(string(id)), v)
}

func calendarURL(q string, oldest bool) string {
	v := url.Values{"q": {q}}
	if oldest {
		v.Set("sort", "oldest")
	}
	return "/calendar?" + v.Encode()
}

func versionURL(id dateline.ArticleID, capture dateline.CaptureID) string {
	return "/article/" + url.PathEscape(string(id)) + "/v/" + url.PathEscape(string(capture))
}

// blockURL is the address of the block of an article's version that begins at a byte of
// its text.
func blockURL(id dateline.ArticleID, capture dateline.CaptureID, block int) string {
	return versionURL(id, capture) + "#b" + strconv.Itoa(block)
}

// passageURL is the address of the citation of what stands at bytes of a text.
func passageURL(of *answer.Ref, start, end int) string {
	return versionURL(of.Article, of.Capture) + fmt.Sprintf("/cite/%d-%d", start, end)
}

// timelineURL and exchangesURL are the addresses of what the hits of a query tell of
// days, and of requests.
func timelineURL(q string) string  { return "/timeline?" + url.Values{"q": {q}}.Encode() }
func exchangesURL(q string) string { return "/exchanges?" + url.Values{"q": {q}}.Encode() }

// copiesURL is the address of the search for all articles that print the report of one.
func copiesURL(id dateline.ArticleID) string {
	return asking{}.searchURL(query.Query{Root: query.Filter{Field: string(dateline.ReportLevel), Value: string(id)}}.String(), 1) + "&copies=1"
}

// whyURL is the address of the page that says why a version of an article was read as
// it was. of is the place of the page that is asked for: "field-published",
// "statement-3", "left-out".
func whyURL(id dateline.ArticleID, capture dateline.CaptureID, of string) string {
	return versionURL(id, capture) + "/why?of=" + of + "#" + of
}

func captureURL(id dateline.CaptureID) string { return "/capture/" + url.PathEscape(string(id)) }

func citeURL(s answer.Statement) string {
	return versionURL(s.Article, s.Capture) + "/cite/" + url.PathEscape(s.Place)
}

func speakerURL(key string, v url.Values) string {
	return withValues("/speaker/"+url.PathEscape(key), v)
}

// withValues adds values to a path, if there are any.
func withValues(path string, v url.Values) string {
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// webAddress returns address if a page may link to it, which means http or https;
// otherwise "".
func webAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}
