package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"dateline/understand/entity"
	"dateline/understand/token"
)

// samples returns sentences with their names marked, made of lists.
func samples() (list []entity.Sample) {
	people := []string{"Ana Duarte", "Pavel Orlenko", "Lydia Chen", "Rui Costa", "Joan Halloran"}
	places := []string{"Geneva", "Helsinki", "Lisbon", "Nairobi"}
	for i := range 60 {
		s := entity.Sample{ID: fmt.Sprint(i)}
		for k, part := range []string{"Yesterday ", people[i%len(people)], " flew to ", places[i%len(places)], " to meet the ", "Harbour Council", " about the port."} {
			if kind := []string{"", "person", "", "place", "", "org", ""}[k]; kind != "" {
				s.Names = append(s.Names, entity.Sampled{Start: len(s.Text), End: len(s.Text) + len(part), Kind: kind})
			}
			s.Text += part
		}
		list = append(list, s)
	}
	return list
}

func TestLearn(t *testing.T) {
	texts := []string{"Mayor Pia Lang flew to Oslo. Lang met the Harbour Council.", "In Oslo they met Lang and the Council."}
	var clusters token.Table[uint16]
	for i, word := range []string{"met", "flew", "the"} {
		*clusters.At(uint64(uint32(token.Hash(word))) + 1) = uint16(i + 1)
	}
	files := learn(samples(), texts, clusters)
	again := learn(samples(), texts, clusters)
	for i, pair := range [][2][]byte{{files.Lexicon, again.Lexicon}, {files.Labels, again.Labels}} {
		if !bytes.Equal(pair[0], pair[1]) {
			t.Errorf("file %d differs when trained twice", i)
		}
	}
	f, err := entity.NewFinder(files)
	if err != nil {
		t.Fatal(err)
	}
	var text token.Text
	text.Read("Yesterday Lydia Costa flew to Nairobi to meet the Harbour Council about the port.", "en")
	var got []string
	for _, m := range f.Find(&text).Mentions {
		got = append(got, m.Kind+" "+m.Text)
	}
	if s := strings.Join(got, "; "); s != "person Lydia Costa; place Nairobi; org Harbour Council" {
		t.Errorf("found %s", s)
	}
}

func TestLearnedFiles(t *testing.T) {
	files := learn(samples()[:8], nil, token.Table[uint16]{})
	for name, broken := range map[string]entity.Files{
		"nothing":             {},
		"half a lexicon":      {Lexicon: files.Lexicon[:len(files.Lexicon)/2], Labels: files.Labels},
		"a model for lexicon": {Lexicon: files.Labels, Labels: files.Labels},
		"half the models":     {Lexicon: files.Lexicon, Labels: files.Labels[:len(files.Labels)/2]},
		"no models":           {Lexicon: files.Lexicon},
	} {
		if _, err := entity.NewFinder(broken); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
