package dateline

import "strings"

// A Decision is what a user says of two speakers: that they are the same, or
// that they differ. It overrides what the articles suggest. So it does where it is about
// two articles: that their stories are one, or their reports; or that A is of another
// one than B.
type Decision struct {
	About   Level      `json:"about,omitempty"`   // [StoryLevel] or [ReportLevel] of articles, of which A and B then hold the keys alone; "" if it is about speakers
	A       SpeakerRef `json:"a"`                 // one speaker, or all of one name
	B       SpeakerRef `json:"b"`                 // the other
	Verdict Verdict    `json:"verdict,omitempty"` // [Same] or [Differ]; "" if the decision was taken back
	By      string     `json:"by,omitempty"`      // who decided, as they call themselves; "" if that is not noted
	At      string     `json:"at,omitempty"`      // when: RFC 3339, UTC; "" if that is not noted
}

// A Verdict is the answer to whether two speakers are one.
type Verdict string

// The verdicts; the zero Verdict is that of a decision taken back.
const (
	Same   Verdict = "same"
	Differ Verdict = "differ"
)

// A SpeakerRef names speakers: those of this name, or the one of this name in
// one article.
type SpeakerRef struct {
	Name    string    `json:"name"`              // as articles print it
	Article ArticleID `json:"article,omitempty"` // in which it speaks; "" means in any
}

// String returns the reference as it can be typed: NAME or NAME@ARTICLE; ARTICLE if it has
// no name.
func (r SpeakerRef) String() string {
	if r.Name == "" {
		return string(r.Article)
	}
	if r.Article == "" {
		return r.Name
	}
	return r.Name + "@" + string(r.Article)
}

// ParseSpeakerRef reads a reference as [SpeakerRef.String] writes it. What does not end in
// the key of an article is a name.
func ParseSpeakerRef(s string) SpeakerRef {
	s = strings.TrimSpace(s)
	at := strings.LastIndexByte(s, '@')
	if at < 0 || len(s)-at != 18 || s[at+1] != 'a' || strings.Trim(s[at+2:], "0123456789abcdefghijklmnopqrstuv") != "" {
		return SpeakerRef{Name: s}
	}
	return SpeakerRef{Name: strings.TrimSpace(s[:at]), Article: ArticleID(s[at+1:])}
}

// Key returns the key of d in the log of decisions: what it is about, whatever
// the verdict and the order of the two.
func (d *Decision) Key() string {
	a, b := d.A.String(), d.B.String()
	if a > b {
		a, b = b, a
	}
	if strings.TrimSpace(a) == "" || strings.TrimSpace(b) == "" {
		return ""
	}
	if d.About != "" {
		return string(d.About) + "\n" + a + "\n" + b
	}
	return a + "\n" + b
}
