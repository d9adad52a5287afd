// Package wall recognizes what stands between a reader and an article: a bot
// challenge, which is there to keep programs out, a page that asks for consent
// first, and the words by which a page says that the rest is for those who pay.
//
// Dateline never evades any of these. It names them, so that an article that was
// not shown is never taken for one that was changed or taken down.
package wall

import (
	"slices"
	"strings"

	"dateline/internal/text"
	"dateline/internal/words"
)

// services are texts, in lower case, that stand in the markup of challenge pages and
// by which the services that sell such challenges are recognized.
var services = []string{
	"/cdn-cgi/challenge-platform/h/", "cf-chl-", "_cf_chl_opt", "<title>just a moment", "attention required! | cloudflare",
	"_incapsula_resource", "captcha-delivery.com", "px-captcha", "perimeterx", "ddos-guard", "awswafcookiedomainlist", "/_sec/cp_challenge",
	"sucuri_cloudproxy_js", "/.well-known/ddos", "anubis_challenge", "geo.captcha", "bm-verify=",
}

// sentences are what challenge pages say to people who see them.
var sentences = words.NewPhrases("challenge")

// MostMarkup is the length in bytes of the longest markup that Challenge looks at.
// Challenge pages are short; a longer page that has one of their marks is an
// ordinary page whose forms are protected.
const MostMarkup = 64 << 10

// Challenge reports whether the markup of a page has the marks of a bot challenge. It
// is false for markup of more than MostMarkup bytes. An article may have the same
// marks, since the services leave them on pages that they let through, so the
// caller has to check that the page has no text of its own.
func Challenge(markup string) bool {
	if len(markup) > MostMarkup {
		return false
	}
	markup = text.Lower(markup)
	return slices.ContainsFunc(services, func(mark string) bool { return strings.Contains(markup, mark) }) || sentences.In(markup)
}

// ChallengeHead reports whether the header of an HTTP response says that it is a bot
// challenge. status is its status code; get returns the value of a header field, ""
// if the response does not have it.
func ChallengeHead(status int, get func(name string) string) bool {
	switch {
	case strings.EqualFold(get("Cf-Mitigated"), "challenge"):
		return true
	case get("X-Amzn-Waf-Action") != "": // the value is "challenge" or "captcha"
		return true
	case status < 400:
		return false
	}
	return get("X-Datadome") != "" || strings.EqualFold(get("Server"), "ddos-guard") || get("X-Sucuri-Block") != ""
}

// consents are the phrases of pages that ask for consent.
var consents = words.NewPhrases("consent")

// Consent reports whether a line of text asks readers to consent to being tracked.
func Consent(line string) bool { return consents.In(text.Lower(line)) }

// offers are the phrases by which pages sell the rest of a text.
var offers = words.NewPhrases("paywall")

// Offer reports whether a line of text says that the rest is for those who pay, or
// who sign in.
func Offer(line string) bool { return offers.In(text.Lower(line)) }

// HoldsOffer reports whether a text has one of the phrases that Offer looks for, but
// only where a word of the text begins. It is meant for texts of more than one line, in
// which letters within words would too often match by chance.
func HoldsOffer(s string) bool { return offers.Count(s, 1) > 0 }
