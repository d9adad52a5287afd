package hedge_test

import (
	"strings"
	"testing"

	"dateline/understand/hedge"
	"dateline/understand/token"
)

// TestFind names the hedges of sentences with their types, and of words that look alike
// and are none.
func TestFind(t *testing.T) {
	for _, test := range []struct{ lang, text, want string }{
		{"en", "The ferry may sail in May, perhaps on May 4.", "may epistemic hedge/word|perhaps epistemic hedge/word"},
		{"", "The bridge is expected to open, as expected.", "expected doxastic hedge/word"},
		{"en", "The ferry would sail if the wind fell.", "would condition hedge/conditional|if condition hedge/word"},
		{"en", "The captain said that he would sail. Will he?", ""},
		{"en", "The crew could not sail, though they could have.", "could epistemic hedge/word"},
		{"en", "Nobody knows whether it sank. It remains to be seen.", "whether investigation hedge/word|remains to be seen investigation hedge/phrase"},
		{"en-GB", "They waited until Friday. They will wait until the harbour opens.", "will condition hedge/conditional|until condition hedge/word"},
		{"en", "“May we sail?” she asked. The Tomb of the Unknown was closed.", "May epistemic hedge/word"},
		{"de", "Der Kapitän ist offenbar krank. Er könnte bleiben, falls es stürmt.", "offenbar epistemic hedge/word|könnte epistemic hedge/word|falls condition hedge/word"},
		{"ja", "船は沈んだかもしれない。", ""},
	} {
		var text token.Text
		text.Read(test.text, test.lang)
		var got []string
		for _, h := range hedge.Find(&text, test.lang) {
			if test.text[h.Start:h.End] != h.Text {
				t.Errorf("%q: [%d,%d) is not %q", test.text, h.Start, h.End, h.Text)
			}
			got = append(got, h.Text+" "+h.Type+" "+h.Rule)
		}
		if got := strings.Join(got, "|"); got != test.want {
			t.Errorf("Find(%q) = %s, want %s", test.text, got, test.want)
		}
	}
}
