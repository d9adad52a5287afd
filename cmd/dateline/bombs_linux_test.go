package main

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// mostMemory is how much memory, in bytes, adding one of the bombs may take: a sixth of
// what the largest of them unpack to. On a machine with nothing else to do it is 350 MB.
const mostMemory = 512 << 20

var addedGood = regexp.MustCompile(`(?m)^added [23]\b`) // the bad one may be read in part

// bomb returns text as a coding sends it, and times as many bytes of filling behind
// it: whole members or frames, as many as there are times.
func bomb(t *testing.T, coding, text string, times int) []byte {
	t.Helper()
	pack := func(s string) []byte {
		var b bytes.Buffer
		var w io.WriteCloser
		switch coding {
		case "gzip":
			w = gzip.NewWriter(&b)
		case "deflate":
			w = zlib.NewWriter(&b)
		case "br":
			w = brotli.NewWriterLevel(&b, 1)
		case "zstd":
			w, _ = zstd.NewWriter(&b) // without options it cannot fail
		}
		if _, err := io.WriteString(w, s); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	filling := strings.Repeat(" ", 10<<20)
	if coding == "br" || coding == "deflate" { // nothing may follow their end
		return pack(text + strings.Repeat(filling, times))
	}
	return append(pack(text), bytes.Repeat(pack(filling), times)...)
}

// TestBombs adds 58 files that are broken, or that unpack to as much as a memory holds:
// the program neither dies nor takes more memory than it should, and it adds the good
// pages before and behind the damage.
func TestBombs(t *testing.T) {
	in := t.TempDir()
	var names []string
	most := 0 // memory
	put := func(name string, data []byte) {
		t.Helper()
		names = append(names, name)
		if err := os.WriteFile(filepath.Join(in, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	page := func(what string) string {
		return fmt.Sprintf(`<!DOCTYPE html><html lang="en"><title>%[1]s</title><article><h1>%[1]s</h1><p>The harbour office counted %[1]s in the roads this morning, more than on any day of the week before it.</p></article></html>`, what)
	}
	answer := func(header, body string) string {
		return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + header + "\r\n" + body
	}
	record := func(address, length, more, block string) string {
		if length == "" {
			length = fmt.Sprintf("Content-Length: %d\r\n", len(block))
		}
		return "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:" + address + ">\r\nWARC-Date: 2026-02-03T04:05:06Z\r\nWARC-Target-URI: https://bombs.example/" + address + "\r\n" + more +
			"Content-Type: application/http; msgtype=response\r\n" + length + "\r\n" + block + "\r\n\r\n"
	}
	text := page("a ship")
	whole := answer("", text)
	coded := func(header string, body []byte) string {
		return record("x", "", "", answer("Content-Encoding: "+header+"\r\n", string(body)))
	}
	bad := map[string]string{
		"length-of-10-tb":     record("x", "Content-Length: 10000000000000\r\n", "", whole),
		"negative-length":     record("x", "Content-Length: -1\r\n", "", whole),
		"length-beyond-64bit": record("x", "Content-Length: 18446744073709551626\r\n", "", whole),
		"longest-length":      record("x", "Content-Length: 9223372036854775807\r\n", "", whole),
		"short-length":        record("x", "Content-Length: 100\r\n", "", whole),
		"long-length":         record("x", fmt.Sprintf("Content-Length: %d\r\n", len(whole)+500), "", whole),
		"no-length":           record("x", "X: y\r\n", "", whole),
		"two-lengths":         record("x", "", "Content-Length: 5\r\n", whole),
		"length-in-hex":       record("x", "Content-Length: 0x10\r\n", "", whole),
		"500,000-headers":     record("x", "", strings.Repeat("X: a\r\n", 500_000), whole),
		"header-of-5-mb":      record("x", "", "X: "+strings.Repeat("a", 5_000_000)+"\r\n", whole),
		"http-headers":        record("x", "", "", answer(strings.Repeat("X: a\r\n", 500_000), text)),
		"http-header-of-20mb": record("x", "", "", answer("X: "+strings.Repeat("a", 20_000_000)+"\r\n", text)),
		"http-without-end":    record("x", "", "", "HTTP/1.1 200 OK\r\nX: "+strings.Repeat("a", 2_000_000)),
		"gzip":                coded("gzip", bomb(t, "gzip", text, 290)),
		"zstd":                coded("zstd", bomb(t, "zstd", text, 290)),
		"br":                  coded("br", bomb(t, "br", text, 20)),
		"deflate":             coded("deflate", bomb(t, "deflate", text, 20)),
		"gzip-in-gzip":        coded("gzip, gzip", bomb(t, "gzip", string(bomb(t, "gzip", text, 290)), 0)),
		"20,000-codings":      coded(strings.Repeat("gzip, ", 20_000)+"gzip", bomb(t, "gzip", text, 0)),
		"chunk-beyond-64bit":  record("x", "", "", answer("Transfer-Encoding: chunked\r\n", "FFFFFFFFFFFFFFFF\r\n"+text)),
		"chunks-of-a-byte":    record("x", "", "", answer("Transfer-Encoding: chunked\r\n", strings.Repeat("1\r\nx\r\n", 200_000)+"0\r\n\r\n")),
	}
	gz := func(s string) string { return string(bomb(t, "gzip", s, 0)) }
	for name, b := range bad {
		before := record("good/"+name, "", "", answer("", page(name+" before")))
		behind := record("good/"+name+"/behind", "", "", answer("", page(name+" behind")))
		put(name+".warc", []byte(before+b+behind))
		put(name+".warc.gz", []byte(gz(before)+gz(b)+gz(behind)))
	}
	good := gz(record("good/members", "", "", answer("", page("members before"))))
	put("page.html.gz", bomb(t, "gzip", text, 290))
	put("page.html.zst", bomb(t, "zstd", text, 290))
	put("page.html.br", bomb(t, "br", text, 20))
	put("comment.html.gz", bomb(t, "gzip", "<html><head><!--", 290))
	put("words.html.gz", bomb(t, "gzip", "<html><body><p>"+strings.Repeat("(", 16<<20), 0))
	put("tags.html.gz", bomb(t, "gzip", strings.Repeat("<b>", 4<<20), 0))
	put("attributes.html.gz", bomb(t, "gzip", "<p "+strings.Repeat("a=b ", 4<<20)+">", 0))
	put("zeros.warc.gz", append([]byte(good), bomb(t, "gzip", record("x", "Content-Length: 3000000000\r\n", "", whole), 290)...))
	put("zeros.warc.zst", bomb(t, "zstd", record("x", "Content-Length: 3000000000\r\n", "", whole), 290))
	put("cut-member.warc.gz", []byte(good+gz(record("x", "", "", whole))[:200]+good))
	put("cut-end.warc.gz", []byte(good[:len(good)-20]))
	put("checksum.warc.gz", []byte(good[:len(good)-8]+"\x00\x00\x00\x00"+good[len(good)-4:]))
	put("tiny-records.warc", []byte(strings.Repeat("WARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: 0\r\n\r\n\r\n\r\n", 200_000)))
	put("empty-members.warc.gz", []byte(good+strings.Repeat(gz(""), 200_000)+good))
	if len(names) != 58 {
		t.Fatalf("%d files, want 58", len(names))
	}

	for _, name := range names {
		add := exec.Command("dateline", "add", "-archive", filepath.Join(t.TempDir(), "archive"), filepath.Join(in, name))
		var out bytes.Buffer
		add.Stdout, add.Stderr = &out, &out
		if err := add.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- add.Wait() }()
		memory := 0
		for running := true; running; {
			select {
			case <-ended:
				running = false
			case <-time.After(2 * time.Millisecond):
				memory = max(memory, memoryOf(add.Process.Pid))
			}
		}
		if status := add.ProcessState.ExitCode(); status != exitDone && status != exitPartly {
			t.Errorf("%s: exit status %d\n%.2000s", name, status, out.String())
		}
		if memory > mostMemory {
			t.Errorf("%s: it took %d MB of memory, want %d at most", name, memory>>20, mostMemory>>20)
		}
		most = max(most, memory)
		kind, _, _ := strings.Cut(name, ".")
		if _, ok := bad[kind]; ok && !addedGood.Match(out.Bytes()) {
			t.Errorf("%s: the good pages were not added:\n%.2000s", name, out.String())
		}
	}
	t.Logf("%d MB of memory at most", most>>20)
}

var peak = regexp.MustCompile(`(?m)^VmHWM:\s+(\d+) kB$`)

// memoryOf is how many bytes of memory a process has had at most; 0 if that is not
// known any more. What the system tells of it at its end counts that of the test, too.
func memoryOf(process int) int {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process))
	if err != nil {
		return 0
	}
	m := peak.FindSubmatch(status)
	if m == nil {
		return 0
	}
	n, err := strconv.Atoi(string(m[1]))
	if err != nil {
		return 0
	}
	return n << 10
}
