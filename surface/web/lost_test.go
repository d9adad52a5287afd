package web_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"dateline"
	"dateline/archive"
)

// lost is an archive whose WARC files are gone.
type lost struct{ *memory }

func (lost) Record(context.Context, *dateline.Capture) (archive.Record, error) {
	return archive.Record{}, fmt.Errorf("%w: no such file", archive.ErrLost)
}

// A capture whose bytes cannot be read any more is shown with what is known of
// it and what is wrong; its bytes are not.
func TestCaptureThatCannotBeRead(t *testing.T) {
	a := lost{sample()}
	at := "/capture/" + string(a.last().Capture)
	res := get(t, a, at)
	if says := text(res.tree(t)); !strings.Contains(says, "cannot be read any more") || !strings.Contains(says, "no such file") || strings.Contains(says, "still has the digest") {
		t.Errorf("the page of the capture does not say what is wrong: %s", says)
	}
	if body := get(t, a, at+".json").body; !strings.Contains(body, `"intact": false`) || !strings.Contains(body, `no such file`) {
		t.Errorf("JSON does not say what is wrong: %s", body)
	}
	for _, bytes := range []string{"/raw", "/source"} {
		res := get(t, a, at+bytes)
		if res.StatusCode != http.StatusGone {
			t.Errorf("%s answers with status %d, want %d", bytes, res.StatusCode, http.StatusGone)
		}
		if says := text(res.tree(t)); !strings.Contains(says, "This capture is lost") || !strings.Contains(says, "no such file") {
			t.Errorf("%s does not say what is lost: %s", bytes, says)
		}
	}
}
