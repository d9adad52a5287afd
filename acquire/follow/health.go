package follow

import (
	"bytes"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	"dateline"
	"dateline/acquire"
	"dateline/acquire/feed"
	"dateline/extract/wall"
)

// What Source.Health says.
const (
	OK          = "ok"
	Challenge   = "challenge"    // a bot challenge refuses us; it is never evaded
	Page        = "page"         // a page stands in the place of the feed
	Silent      = "silent"       // it answers, but has had no item for a while, or none at all
	Missed      = "missed"       // all items of an answer were new: some may have been missed
	Forbidden   = "forbidden"    // robots.txt forbids it
	NoRobots    = "no-robots"    // robots.txt cannot be had, so that nothing may be asked
	Moved       = "moved"        // it says that it has moved for good, and is not believed yet
	RateLimited = "rate-limited" // it asks to be left alone for a while
	Removed     = "removed"      // 410: it is not asked any more
	Missing     = "missing"      // 404 and the like
	Certificate = "certificate"  // its certificate is not to be trusted
	NoHost      = "no-host"      // its name leads nowhere
	Slow        = "slow"         // no answer in time
	Unreachable = "unreachable"  // no connection, or one that broke
	ServerError = "server-error" // 5xx
	Unreadable  = "unreadable"   // what it answers is no feed, no sitemap and no page
	Private     = "private"      // its name leads to an address that is not public
)

// set notes the health of a source, and since when.
func set(s *dateline.Source, health, why string, now time.Time) {
	if s.Health != health {
		s.Since = now
	}
	s.Health, s.Why = health, why
}

// troubleOf names why there was no answer.
func troubleOf(err error) (health, why string) {
	var dns *net.DNSError
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.Is(err, errForbidden):
		return Forbidden, "robots.txt forbids this address"
	case errors.Is(err, acquire.ErrPrivate):
		return Private, err.Error()
	case errors.As(err, &dns):
		return NoHost, "the name of the host is not known: " + dns.Err
	case errors.As(err, &unknown):
		return Certificate, "the chain of certificates is incomplete, or its root is not trusted: " + err.Error()
	case errors.As(err, &host), errors.As(err, &invalid):
		return Certificate, err.Error()
	case errors.Is(err, os.ErrDeadlineExceeded):
		return Slow, "no answer in time"
	case errors.Is(err, errUnreachable):
		return NoRobots, err.Error()
	}
	return Unreachable, err.Error()
}

// answerHealth names what an answer with an error status or without a body is;
// "" if it may be what was asked for.
func answerHealth(x *acquire.Exchange, body []byte, now time.Time) (health, why string) {
	status := x.Message.Status
	switch {
	case wall.ChallengeHead(status, x.Message.Header.Get), status >= 400 && wall.Challenge(string(body[:min(len(body), wall.MostMarkup+1)])):
		return Challenge, fmt.Sprintf("refused by a bot challenge (status %d)", status)
	case status == 429, status == 503 && retryAfter(x, now) > 0:
		return RateLimited, fmt.Sprintf("status %d; until %s", status, now.Add(max(retryAfter(x, now), leastRetry)).UTC().Format(time.RFC3339))
	case status == 410:
		return Removed, "status 410: it was taken down for good, and is not asked any more; \"dateline sources resume\" asks again"
	case status >= 500:
		return ServerError, fmt.Sprintf("status %d", status)
	case status >= 400:
		return Missing, fmt.Sprintf("status %d", status)
	case status >= 300:
		return Unreadable, fmt.Sprintf("status %d without an address to go to", status)
	}
	return "", ""
}

// flawHealth names what is wrong with an input that is no feed.
func flawHealth(flaws []feed.Flaw, body []byte) (health, why string) {
	for _, flaw := range flaws {
		switch flaw {
		case feed.Challenge:
			return Challenge, "a bot challenge in the place of the feed"
		case feed.HTML:
			if bytes.IndexByte(body, '<') < 0 {
				continue // no markup at all
			}
			return Page, "a page stands in the place of the feed"
		case feed.Empty:
			return Unreadable, "the answer is empty"
		}
	}
	return Unreadable, "the answer is no feed and no sitemap"
}
