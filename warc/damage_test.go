package warc_test

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/warc"
)

// Damaged files and what is read of them. Each has a good record behind the
// damage, which must be found.
func TestDamage(t *testing.T) {
	parts := three()
	one, two, three := parts[0], parts[1], parts[2]
	random := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 30000)
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	big := response("https://big.example/", string(noise)) // does not compress
	zbig := zst(t, nil, big)
	bomb := response("https://bomb.example/", strings.Repeat("\x00", 3<<20))
	cases := []struct {
		name string
		data []byte
		want []string
	}{
		{"plain: garbage between records", cat(one, "sludge\r\nmore\r\n\r\n", three), []string{
			"response https://one.example/ 96",
			"x.warc: record at byte 0: wrong Content-Length: it says 80, the block has 96 bytes",
			"response https://three.example/ 64"}},
		{"plain: garbage first", cat("sludge\r\n", three), []string{
			"x.warc: record at byte 0: not a WARC record",
			"response https://three.example/ 64"}},
		{"plain: Content-Length too small", cat(record("resource", "urn:a", 3, "<p>Long text"), three), []string{
			"resource urn:a 12",
			"x.warc: record at byte 0: wrong Content-Length: it says 3, the block has 12 bytes",
			"response https://three.example/ 64"}},
		{"plain: Content-Length too large", cat(record("resource", "urn:a", 30, "<p>Long text"), three), []string{
			"resource urn:a 12 truncated",
			"x.warc: record at byte 0: wrong Content-Length: it says 30, the block has 12 bytes",
			"response https://three.example/ 64"}},
		{"plain: Content-Length huge", cat(record("resource", "urn:a", 1<<60, "<p>Long text"), three), []string{
			"resource urn:a 12 truncated",
			"x.warc: record at byte 0: wrong Content-Length: it says 1152921504606846976, the block has 12 bytes",
			"response https://three.example/ 64"}},
		{"plain: no Content-Length", cat(strings.Replace(one, "Content-Length", "Content-Width", 1), three), []string{
			"response https://one.example/ 80",
			`x.warc: record at byte 0: bad record header: Content-Length ""`,
			"response https://three.example/ 64"}},
		{"plain: negative Content-Length", cat(record("resource", "urn:a", -5, "<p>Long text"), three), []string{
			"resource urn:a 12",
			`x.warc: record at byte 0: bad record header: Content-Length "-5"`,
			"response https://three.example/ 64"}},
		{"plain: line that is no field", cat(strings.Replace(one, "WARC-Date: ", "WARC Date ", 1), three), []string{
			"response https://one.example/ 80",
			"x.warc: record at byte 0: bad record header: line \"WARC Date 2026-11-23T22:53:00Z\" is no field",
			"response https://three.example/ 64"}},
		{"plain: header without fields", cat("WARC/1.0\r\n\r\n", three), []string{
			"x.warc: record at byte 0: bad record header: it has no fields",
			"response https://three.example/ 64"}},
		{"plain: no type", cat(strings.Replace(one, "WARC-Type: response\r\n", "", 1), three), []string{
			" https://one.example/ 80",
			"x.warc: record at byte 0: bad record header: no WARC-Type",
			"response https://three.example/ 64"}},
		{"plain: unknown type", cat(record("hologram", "urn:a", 4, "beam"), three), []string{
			"hologram urn:a 4",
			`x.warc: record at byte 0: unknown record type "hologram"`,
			"response https://three.example/ 64"}},
		{"plain: endless header", cat("WARC/1.0\r\n"+strings.Repeat("X-Pad: 0123456789\r\n", 70000), "\r\n", three), []string{
			"x.warc: record at byte 0: bad record header: longer than 1048576 bytes",
			"response https://three.example/ 64"}},
		{"plain: over the limit", cat(bomb, three), []string{
			"response https://bomb.example/ 4096 truncated",
			"x.warc: record at byte 0: larger than the limit",
			"response https://three.example/ 64"}},
		{"plain: truncated block", cat(three, one[:len(one)-20]), []string{
			"response https://three.example/ 64",
			"response https://one.example/ 64 truncated",
			"x.warc: record at byte 260: truncated record: 64 of 80 bytes"}},
		{"plain: truncated header", cat(three, one[:60]), []string{
			"response https://three.example/ 64",
			"response  0 truncated",
			"x.warc: record at byte 260: truncated record"}},
		{"plain: no blank lines at the end", cat(three, one[:len(one)-4]), []string{
			"response https://three.example/ 64",
			"response https://one.example/ 80"}},
		{"plain: no blank lines between", cat(one[:len(one)-4], three), []string{
			"response https://one.example/ 80",
			"response https://three.example/ 64"}},

		{"gzip: last member truncated", cat(string(gz(three)), string(gz(big)[:20000])), []string{
			"response https://three.example/ 64",
			"response https://big.example/ 19792 truncated",
			"x.warc: record at byte 208: truncated record"}},
		{"gzip: member truncated in the middle", cat(string(gz(big)[:20000]), string(gz(three))), []string{
			"response https://big.example/ 20000 truncated",
			"x.warc: record at byte 0: truncated record",
			"response https://three.example/ 64"}},
		{"gzip: checksum", cat(string(flip(gz(one), -6)), string(gz(three))), []string{
			"response https://one.example/ 80",
			"x.warc: record at byte 0: gzip: invalid checksum",
			"response https://three.example/ 64"}},
		{"gzip: garbage between members", cat(string(gz(one)), "sludge and more sludge", string(gz(three))), []string{
			"response https://one.example/ 80",
			"x.warc: record at byte 216: not a WARC record",
			"response https://three.example/ 64"}},
		{"gzip: zeros at the end", cat(string(gz(one)), strings.Repeat("\x00", 600)), []string{
			"response https://one.example/ 80",
			"x.warc: record at byte 216: not a WARC record"}},
		{"gzip: member that holds something else", cat(string(gz(one)), string(gz("hello")), string(gz(three))), []string{
			"response https://one.example/ 80",
			"x.warc: record at byte 216: not a WARC record",
			"response https://three.example/ 64"}},
		{"gzip: Content-Length too small", cat(string(gz(record("resource", "urn:a", 3, "<p>Long text"))), string(gz(three))), []string{
			"resource urn:a 12",
			"x.warc: record at byte 0: wrong Content-Length: it says 3, the block has 12 bytes",
			"response https://three.example/ 64"}},
		{"gzip: Content-Length huge", cat(string(gz(record("resource", "urn:a", 1<<60, "<p>Long text"))), string(gz(three))), []string{
			"resource urn:a 12 truncated",
			"x.warc: record at byte 0: wrong Content-Length: it says 1152921504606846976, the block has 12 bytes",
			"response https://three.example/ 64"}},
		{"gzip: over the limit, no bomb", cat(string(gz(response("https://big.example/", strings.Repeat(string(noise), 70)))), string(gz(three))), []string{
			"response https://big.example/ 4096 truncated",
			"x.warc: record at byte 0: larger than the limit",
			"response https://three.example/ 64"}},
		{"gzip: bomb", cat(string(gz(bomb)), string(gz(three))), []string{
			"response https://bomb.example/ 4096 truncated",
			"x.warc: record at byte 0: larger than the limit",
			"response https://three.example/ 64"}},
		{"gzip: bomb without a record", cat(string(gz(one)), string(gz(strings.Repeat("\x00", 9<<20))), string(gz(three))), []string{
			"response https://one.example/ 80",
			"x.warc: record at byte 216: not a WARC record",
			"response https://three.example/ 64"}},

		{"zstd: last frame truncated", cat(string(zst(t, nil, three)), string(zbig[:20000])), []string{
			"response https://three.example/ 64",
			"x.warc: record at byte 202: truncated record"}},
		{"zstd: checksum", cat(string(flip(zst(t, nil, two), -1)), string(zst(t, nil, three))), []string{
			"x.warc: record at byte 0: CRC check failed",
			"response https://three.example/ 64"}},
		{"zstd: garbage between frames", cat(string(zst(t, nil, one)), "sludge and more sludge", string(zst(t, nil, three))), []string{
			"response https://one.example/ 80",
			"x.warc: record at byte 211: not a WARC record",
			"response https://three.example/ 64"}},
		{"zstd: bomb", cat(string(zst(t, nil, bomb)), string(zst(t, nil, three))), []string{
			"response https://bomb.example/ 4096 truncated",
			"x.warc: record at byte 0: larger than the limit",
			"response https://three.example/ 64"}},

		{"empty", nil, nil},
		{"blank", []byte("\r\n\r\n"), nil},
		{"something else", []byte("<!DOCTYPE html><p>WARC/1.0"), []string{"x.warc: record at byte 0: not a WARC record"}},
	}
	for _, c := range cases {
		if got := read(c.data, warc.Options{Name: "x.warc", MaxBytes: 2 << 20}); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %s\nwant %s", c.name, strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
		}
	}
}

func cat(parts ...string) []byte { return []byte(strings.Join(parts, "")) }

// flip changes one byte; a negative index counts from the end.
func flip(b []byte, i int) []byte {
	b = bytes.Clone(b)
	if i < 0 {
		i += len(b)
	}
	b[i] ^= 0x55
	return b
}

// Files made to cost as much as possible must not take longer than honest
// ones of some times their size.
func TestHostileFilesEnd(t *testing.T) {
	head := string(gz("WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 9999999\r\n\r\n"))
	cases := map[string]string{
		"gzip headers all over":     strings.Repeat("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x00", 200_000),
		"cut members all over":      strings.Repeat(head[:len(head)-9], 20_000),
		"zstd magic all over":       strings.Repeat("\x28\xb5\x2f\xfd", 200_000),
		"record beginnings":         strings.Repeat("WARC/1.0\r\nA: b\r\n\r\n", 50_000),
		"beginnings within a block": strings.Repeat("WARC/1.0\r\nContent-Length: 99999999\r\n\r\n", 20_000),
		"one long line":             strings.Repeat("WARC/", 500_000),
	}
	for name, data := range cases {
		began := time.Now()
		for _, err := range warc.NewReader(strings.NewReader(data), warc.Options{}).Records() {
			if err == nil {
				t.Errorf("%s: a good record", name)
			}
		}
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%s: %d bytes took %v", name, len(data), took)
		}
	}
}
