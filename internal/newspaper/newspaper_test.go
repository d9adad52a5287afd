package newspaper_test

import (
	"bytes"
	"testing"

	"dateline/internal/newspaper"
)

// TestPage holds the pages to what the package promises of them.
func TestPage(t *testing.T) {
	size, scripts := 0, 0
	for n := range 40 {
		page, address := newspaper.Page(n)
		again, same := newspaper.Page(n)
		if !bytes.Equal(page, again) || address != same {
			t.Errorf("page %d is another the second time", n)
		}
		size += len(page)
		for rest := page; ; {
			_, after, ok := bytes.Cut(rest, []byte("<script"))
			script, next, _ := bytes.Cut(after, []byte("</script>"))
			if !ok {
				break
			}
			scripts += len(script)
			rest = next
		}
	}
	if mean := size / 40; mean < 150_000 || mean > 350_000 {
		t.Errorf("a page has %d bytes, want 150 to 350 kB", mean)
	}
	if share := 100 * scripts / size; share < 25 || share > 45 {
		t.Errorf("%d %% of a page is scripts, want a third", share)
	}
}
