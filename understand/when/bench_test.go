package when_test

import (
	"strings"
	"testing"

	"dateline/understand/when"
)

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat(sampleText+"\n\n", 20)
	ref := when.Reference{Published: "2022-02-10T11:26:00Z", Lang: "en"}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		when.Find(text, ref)
	}
}

// sampleText is a report such as agencies write.
const sampleText = `The foreign ministry said on Thursday that the delegation had left the capital on 28 January and would return early next week. ` +
	`Negotiators are expected to send a joint reply some time on Wednesday, according to two officials who spoke on condition of anonymity because the talks are private. ` +
	`Ministers of the twelve member states met in the port city of Varn for the third time since the autumn, when the first draft of the agreement was rejected by the regional assembly. ` +
	`Unemployment fell to 4.1 percent in the third quarter of 2021, the lowest figure for almost two decades, while exports of machinery rose 12.5 percent from a year earlier. ` +
	`A spokeswoman for the harbour authority declined to comment on reports that the new terminal, planned since the late 1990s, may not open before March 2024.`
