package langid_test

import (
	"testing"

	"dateline/internal/langid"
)

// FuzzDetect tells the language of any text under any hint: a tag is that of itself,
// and a confidence is a share.
func FuzzDetect(f *testing.F) {
	for _, s := range []string{"The port was closed.", "Der Hafen war zu.", "港は閉鎖された。", "en_US", "zh-Hant-TW", "\xff", "x-klingon", "EN-us-"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, text, hint string) {
		if tag := langid.Tag(hint); langid.Tag(tag) != tag {
			t.Errorf("Tag(%q) = %q, and of that %q", hint, tag, langid.Tag(tag))
		}
		langid.Detect(text, hint)
		if tag, p := langid.Guess(text); p < 0 || p > 1 {
			t.Errorf("Guess(%q) = %q, %v", text, tag, p)
		}
	})
}
