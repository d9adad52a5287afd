package main

import (
	"hash/fnv"
	"strings"

	"dateline/understand/entity"
	"dateline/understand/token"
)

// prepared returns the samples as they teach: with headlines and datelines, places
// with a comma in two.
func prepared(samples []entity.Sample) []entity.Sample {
	list := make([]entity.Sample, len(samples))
	for i, s := range samples {
		list[i] = headlined(s)
		list[i].Names = split(list[i])
	}
	return list
}

// headlined returns s as an agency would send it: with one of its sentences, in
// capitals, as a headline, and with a dateline. The samples have few of both.
func headlined(s entity.Sample) entity.Sample {
	var h entity.Sample
	if start, end, ok := titleOf(s); ok {
		h.Text = strings.ToUpper(s.Text[start:end]) + "\n\n"
		for _, n := range s.Names {
			if n.Start >= start && n.End <= end {
				h.Names = append(h.Names, entity.Sampled{Start: n.Start - start, End: n.End - start, Kind: n.Kind})
			}
		}
	}
	if where := datelineOf(s); where != "" {
		h.Names = append(h.Names, entity.Sampled{Start: len(h.Text), End: len(h.Text) + len(where), Kind: "place"})
		h.Text += where
		switch hash(s.ID) % 3 {
		case 0:
			h.Text += " 2021-03-05\n\n"
		case 1:
			h.Text += " (Reuters) - "
			h.Names = append(h.Names, entity.Sampled{Start: len(h.Text) - 11, End: len(h.Text) - 4, Kind: "org"})
		default:
			h.Text += " – "
		}
	}
	for _, n := range s.Names {
		h.Names = append(h.Names, entity.Sampled{Start: n.Start + len(h.Text), End: n.End + len(h.Text), Kind: n.Kind})
	}
	h.ID, h.Text = s.ID, h.Text+s.Text
	return h
}

// The length of a sentence that would do as a headline, in bytes: most headlines
// of news are as long.
const shortTitle, longTitle = 30, 90

// titleOf returns the first sentence of s that would do as a headline.
func titleOf(s entity.Sample) (start, end int, ok bool) {
	var t token.Text
	t.Read(s.Text, "en")
	for _, r := range t.Sentences {
		start, end = int(t.Tokens[r.First].Start), int(t.Tokens[r.End-1].End)
		if end-start < shortTitle || end-start > longTitle || len(strings.ToUpper(s.Text[start:end])) != end-start {
			continue
		}
		for _, n := range s.Names {
			if n.Start >= start && n.End <= end {
				return start, end, true
			}
		}
	}
	return 0, 0, false
}

// datelineOf returns the first place of s in capitals.
func datelineOf(s entity.Sample) string {
	for _, n := range s.Names {
		if n.Kind == "place" && n.Start >= 0 && n.Start < n.End && n.End <= len(s.Text) {
			return strings.ToUpper(s.Text[n.Start:n.End])
		}
	}
	return ""
}

// split returns the names of s; a place with a comma in it, "Accra, Ghana", as
// two: most are marked so.
func split(s entity.Sample) (list []entity.Sampled) {
	for _, n := range s.Names {
		for n.Kind == "place" && n.Start >= 0 && n.Start < n.End && n.End <= len(s.Text) {
			before, after, ok := strings.Cut(s.Text[n.Start:n.End], ",")
			if !ok {
				break
			}
			list = append(list, entity.Sampled{Start: n.Start, End: n.Start + len(strings.TrimRight(before, " ")), Kind: n.Kind})
			n.Start = n.End - len(strings.TrimLeft(after, " "))
		}
		list = append(list, n)
	}
	return list
}

// hash returns a number for the ID of a sample, by which samples are dealt out.
func hash(s string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s))
	return h.Sum32() >> 8
}
