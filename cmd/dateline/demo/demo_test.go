package demo_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"dateline/cmd/dateline/demo"
)

const file = "demo.warc.gz"

func TestGolden(t *testing.T) {
	want, err := pack()
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(demo.WARC, want) {
		t.Errorf("%s has %d bytes that are not what packing the pages gives (%d bytes): UPDATE=1 packs them again",
			file, len(demo.WARC), len(want))
	}
	if max := 300 << 10; len(want) > max {
		t.Errorf("%s has %d bytes, want at most %d: every program carries them", file, len(want), max)
	}
}

var dayAndDate = regexp.MustCompile(`(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (\d{1,2} (?:January|February))`)

// A page may not call a Thursday a Friday: later stages check their dates by it.
func TestWeekdays(t *testing.T) {
	names, err := filepath.Glob("pages/*")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range dayAndDate.FindAllStringSubmatch(string(text), -1) {
			day, err := time.Parse("2 January 2006", m[2]+" 2026")
			if err != nil {
				t.Errorf("%s: %q: %v", name, m[0], err)
			}
			if got, want := m[1]+"day", day.Weekday().String(); got != want {
				t.Errorf("%s: %q is a %s", name, m[0], want)
			}
			found++
		}
	}
	if found == 0 {
		t.Error("no page has a weekday beside a date")
	}
}
