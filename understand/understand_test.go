package understand_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"dateline"
	"dateline/understand"
)

func TestFindings(t *testing.T) {
	for _, a := range []dateline.Article{
		{},
		{Capture: "c0123456789abcdef", Skip: dateline.SkipNoText},
		{Capture: "c0123456789abcdef", Published: "2022-03-14", Text: "“We answered,” Ana Duarte wrote on Monday.\n\n„Ja“, sagte Müller."},
	} {
		f := understand.Findings(&a)
		if f.Capture != a.Capture {
			t.Errorf("findings of %q have capture %q", a.Capture, f.Capture)
		}
		if err := f.Check(a.Text); err != nil {
			t.Errorf("findings in %q: %v", a.Text, err)
		}
		if again := understand.Findings(&a); !reflect.DeepEqual(f, again) {
			t.Errorf("findings in %q differ when found twice:\n%+v\n%+v", a.Text, f, again)
		}
	}
}

func TestFindingsEmpty(t *testing.T) {
	got, err := json.Marshal(understand.Findings(&dateline.Article{}))
	if err != nil || string(got) != "{}" {
		t.Errorf("empty findings marshal as %s, %v, want {}", got, err)
	}
}
