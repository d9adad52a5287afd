package speaker_test

import (
	"fmt"

	"dateline"
	"dateline/relate/speaker"
)

// stated is what an article reports that Vera Lind said: all of its text.
func stated(article dateline.ArticleID, day dateline.Date, publisher, role, text string) speaker.Statement {
	return speaker.Statement{
		Article: &dateline.Article{ID: article, Published: day, Publisher: dateline.Publisher{Name: publisher}, Text: text},
		Findings: &dateline.Findings{Statements: []dateline.Statement{{
			Content: []dateline.Span{{Start: 0, End: len(text)}}, Kind: "direct", Who: "Vera Lind", Role: role,
		}}},
		N: 1,
	}
}

// Two articles speak of one Vera Lind, for they give her the same role; nothing
// shows that the third means her, too.
func ExampleJoin() {
	statements := []speaker.Statement{
		stated("a1", "2026-02-05", "Tagblatt", "transport minister", "We will hold talks in March."),
		stated("a2", "2026-02-06", "Harbour Post", "transport minister", "We will hold talks in March"),
		stated("a3", "2026-02-07", "Kurier", "violinist", "I practise every day."),
	}
	for _, s := range speaker.Join(statements, nil) {
		fmt.Println(s.Names(), s.Roles(), len(s.Statements))
	}

	same := dateline.Decision{A: dateline.SpeakerRef{Name: "Vera Lind", Article: "a3"}, B: dateline.SpeakerRef{Name: "Vera Lind", Article: "a1"}, Verdict: dateline.Same}
	fmt.Println(len(speaker.Join(statements, []dateline.Decision{same})), "after a user has decided that they are one")
	// Output:
	// [Vera Lind] [transport minister] 2
	// [Vera Lind] [violinist] 1
	// 1 after a user has decided that they are one
}

// The same words in two papers are one saying, with the day of the earlier one.
func ExampleSayings() {
	for _, s := range speaker.Sayings([]speaker.Statement{
		stated("a2", "2026-02-06", "Harbour Post", "", "we will hold talks in March"),
		stated("a1", "2026-02-05", "Tagblatt", "", "We will hold talks in March."),
		stated("a3", "2026-02-07", "Kurier", "", "The ferry will sail until then."),
	}) {
		day, told := s.On()
		fmt.Println(day, told, len(s.Statements), s.Statements[0].Said())
	}
	// Output:
	// 2026-02-07 false 1 The ferry will sail until then.
	// 2026-02-05 false 2 We will hold talks in March.
}
