package warc_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"dateline/warc"
)

// A Content-Length that is too large, by however much, costs no record but its
// own: what stands behind it in a plain file is read.
func TestContentLengthTooLargeLosesNothing(t *testing.T) {
	const n = 12
	var records []string
	for i := range n {
		block := "HTTP/1.1 200 OK\r\n\r\n<p>" + strings.Repeat(fmt.Sprintf("page %d of the harbour post. ", i), 30000)
		records = append(records, record("response", fmt.Sprintf("https://%d.example/", i), len(block), block))
	}
	for _, lie := range []int{1 << 10, 100 << 10, 1<<20 - 1, 1<<20 + 1, 3 << 20, 70 << 20, 1 << 40} {
		for _, wrong := range []int{0, 4, n - 1} {
			parts := append([]string{}, records...)
			length := len(parts[wrong]) + lie
			uri := fmt.Sprintf("https://%d.example/", wrong)
			_, block, _ := strings.Cut(parts[wrong], "\r\n\r\n")
			parts[wrong] = record("response", uri, length, strings.TrimSuffix(block, "\r\n\r\n"))
			sound, damaged := 0, 0
			for rec, err := range warc.NewReader(bytes.NewReader(cat(parts...)), warc.Options{}).Records() {
				switch {
				case err != nil:
					damaged++
				case rec.TargetURI() != uri:
					sound++
				}
			}
			if sound != n-1 || damaged != 1 {
				t.Errorf("record %d of %d, %d bytes too many: %d sound records and %d errors, want %d and 1", wrong, n, lie, sound, damaged, n-1)
			}
		}
	}
}
