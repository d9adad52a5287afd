// Package wall tells what stands between a reader and an article: a challenge
// that is to keep programs out, a page that asks for consent first, and the
// words by which a page says that the rest is for those who pay.
//
// None of them is ever evaded. They are named, so that a page that was not
// shown is never taken for one that was changed or taken down.
package wall

import (
	"slices"
	"strings"

	"dateline/internal/text"
	"dateline/internal/words"
)

// services are marks of the services that sell challenges, in the markup of
// the pages that they answer with.
var services = []string{
	"/cdn-cgi/challenge-platform/h/", "cf-chl-", "_cf_chl_opt", "<title>just a moment", "attention required! | cloudflare",
	"_incapsula_resource", "captcha-delivery.com", "px-captcha", "perimeterx", "ddos-guard", "awswafcookiedomainlist", "/_sec/cp_challenge",
	"sucuri_cloudproxy_js", "/.well-known/ddos", "anubis_challenge", "geo.captcha", "bm-verify=",
}

// sentences are what challenges say to people.
var sentences = words.NewPhrases("challenge")

// MostMarkup is how much of a page is looked at for a challenge. Such pages
// are short; a long page that holds one of the marks is a page with a form.
const MostMarkup = 64 << 10

// Challenge reports whether the markup of a page is that of a bot challenge. A
// page that has text of its own can hold the same marks, and is none: the
// caller knows.
func Challenge(markup string) bool {
	if len(markup) > MostMarkup {
		return false
	}
	markup = text.Lower(markup)
	return slices.ContainsFunc(services, func(mark string) bool { return strings.Contains(markup, mark) }) || sentences.In(markup)
}

// ChallengeHead reports whether the header of an answer says that it is a bot
// challenge; get returns the value of a field, "" if it has none.
func ChallengeHead(status int, get func(name string) string) bool {
	switch {
	case strings.EqualFold(get("Cf-Mitigated"), "challenge"):
		return true
	case get("X-Amzn-Waf-Action") != "": // "challenge", "captcha"
		return true
	case status < 400:
		return false
	}
	return get("X-Datadome") != "" || strings.EqualFold(get("Server"), "ddos-guard") || get("X-Sucuri-Block") != ""
}

// consents are what pages say that ask for consent.
var consents = words.NewPhrases("consent")

// Consent reports whether a line asks a reader for consent to be followed.
func Consent(line string) bool { return consents.In(text.Lower(line)) }

// offers are the words by which pages sell the rest of a text.
var offers = words.NewPhrases("paywall")

// Offer reports whether a line says that the rest is for those who pay, or
// who sign in.
func Offer(line string) bool { return offers.In(text.Lower(line)) }

// HoldsOffer reports whether such words stand in a text where one of its words begins. It
// is stricter than Offer, for texts that are longer than a line.
func HoldsOffer(s string) bool { return offers.Count(s, 1) > 0 }
