package understand_test

import (
	"fmt"
	"strings"
	"testing"

	"dateline"
	"dateline/understand"
)

// eventsOf prints the events of a text of 15 March 2022, a line each.
func eventsOf(text string) string {
	var b strings.Builder
	for _, e := range understand.Findings(&dateline.Article{Published: "2022-03-15", Lang: "en", Text: text}).Events {
		fmt.Fprintf(&b, "%s %q %s > %s", e.Kind, e.Trigger.Text, strings.Join(e.From, "+"), strings.Join(e.To, "+"))
		for _, s := range []string{strings.Join(e.Behalf, "+"), e.Medium, string(e.On), e.Polarity} {
			if s != "" {
				b.WriteString(" | " + s)
			}
		}
		if e.Answers != nil {
			fmt.Fprintf(&b, " | answers %d", *e.Answers)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// TestEvents reads sentences with one event, or none.
func TestEvents(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"Norway urged Iceland to open the port.", `DEMAND "urged" Norway > Iceland`},
		{"Norway and Iceland signed a treaty on Monday.", `AGREE "signed a treaty" Norway+Iceland >  | 2022-03-14`},
		{"Iceland rejected a Norwegian proposal.", `REJECT "rejected" Iceland > Norwegian | answers 1`},
		{"Mayor Ines Falk was criticised by Leo Berg.", `DISAPPROVE "criticised" Leo Berg > Ines Falk`},
		{"Iceland fears that Norway threatens Denmark.", `THREATEN "threatens" Norway > Denmark | feared`},
		{"Mayor Ines Falk met Leo Berg in Oslo on Monday.", `CONSULT "met" Ines Falk+Leo Berg >  | meeting | 2022-03-14`},
		{"The letter of the law is clear. Rain fell all day.", ""},
	} {
		got := eventsOf(test.text)
		if first, _, _ := strings.Cut(got, "\n"); first != test.want {
			t.Errorf("%q: %s want %s", test.text, got, test.want)
		}
	}
}

// TestEventsAnswer reads a request and its reply, its announcement, and one that nobody answers.
func TestEventsAnswer(t *testing.T) {
	got := eventsOf("On 3 March, Foreign Minister Ada Lund of Norway requested a clarification from Iceland’s government. " +
		"Iceland is expected to send a written reply. On Tuesday Iceland replied to Lund. Norway also asked Denmark to wait.")
	for _, want := range []string{
		`REQUEST "requested" Ada Lund > Iceland’s government | 2022-03-03`,
		`REPLY "written reply" Iceland >  | letter | planned`,
		`REPLY "replied" Iceland > Ada Lund | 2022-03-15 | answers 0`,
		`REQUEST "asked" Norway > Denmark`,
	} {
		if !strings.Contains(got, want+"\n") {
			t.Errorf("events are\n%swhich lack %s", got, want)
		}
	}
}

// TestEventsOfOtherLanguages wants no event of a text in a language without words for them.
func TestEventsOfOtherLanguages(t *testing.T) {
	if f := understand.Findings(&dateline.Article{Lang: "ja", Text: "Norway urged Iceland to open the port."}); len(f.Events) > 0 {
		t.Errorf("events in Japanese: %+v", f.Events)
	}
}
