package warc_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"dateline/warc"
)

// However a file is cut, its sections yield each record once and in order.
func TestSection(t *testing.T) {
	var file bytes.Buffer
	w := warc.NewWriter(&file)
	var want []string
	for n := range 12 {
		name := fmt.Sprintf("https://wharf.example/%d", n)
		rec := warc.NewResource(name, name, "text/html", []byte(strings.Repeat(fmt.Sprintf("page %d ", n), 20*n)), time.Unix(0, 0))
		if _, err := w.WriteRecord(rec); err != nil {
			t.Fatal(err)
		}
		want = append(want, name)
	}
	size := int64(file.Len())
	for _, step := range []int64{1, 7, 100, size / 2, size} {
		var got []string
		for at := int64(0); at < size; at += step {
			for rec, err := range warc.Section(bytes.NewReader(file.Bytes()), at, min(at+step, size), size, warc.Options{}) {
				if err != nil {
					t.Fatalf("step %d: section at %d: %v", step, at, err)
				}
				if rec.Offset < at || rec.Offset >= at+step {
					t.Fatalf("step %d: section at %d yields the record at %d", step, at, rec.Offset)
				}
				got = append(got, rec.TargetURI())
			}
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("step %d: records %q, want %q", step, got, want)
		}
	}
}
