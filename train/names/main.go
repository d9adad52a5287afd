// Command names trains the models of understand/entity.
//
//	go run ./train/names [-out DIR] [-cross N] SAMPLES.jsonl [TEXTS.jsonl …]
//
// A line of SAMPLES is {"id","text","entities":[{"start","end","type"}]}, the
// offsets in bytes; a line of TEXTS needs a "text". The models are written to
// DIR, or, with -cross, are trained N times without an Nth of the samples and
// scored on that.
//
// Files: prepare.go makes samples of headlines, datelines and other pieces of the ones
// that are read, clusters.go groups words by what stands beside them, and learn.go trains.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"dateline/train/lines"
	"dateline/understand/entity"
	"dateline/understand/token"
)

// kinds are the kinds of the types that samples are marked with.
var kinds = map[string]string{
	"PER": "person", "ORG": "org", "LOC": "place",
	"MISC": "other", "NORP": "other", "FAC": "other", "PRODUCT": "other",
}

func main() {
	out := flag.String("out", "understand/entity/model", "folder to write the models to")
	cross := flag.Int("cross", 0, "score by cross-validation in `N` parts, and write nothing")
	flag.Parse()
	if err := run(*out, *cross, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "names:", err)
		os.Exit(1)
	}
}

func run(out string, cross int, files []string) error {
	if len(files) == 0 {
		return errors.New("no samples")
	}
	samples, err := readSamples(files[0])
	if err != nil {
		return err
	}
	texts, err := lines.Texts(files[1:])
	if err != nil {
		return err
	}
	if cross > 1 {
		return validate(os.Stdout, samples, texts, cross)
	}
	f := learn(prepared(samples), texts, clusters(texts))
	for name, b := range map[string][]byte{"lexicon": f.Lexicon, "labels": f.Labels} {
		if err := os.WriteFile(filepath.Join(out, name), b, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func readSamples(name string) (list []entity.Sample, err error) {
	type sample struct {
		ID, Text string
		Entities []struct {
			Start, End int
			Type       string
		}
	}
	err = lines.Each(name, func(r sample) {
		s := entity.Sample{ID: r.ID, Text: r.Text}
		for _, e := range r.Entities {
			if k := kinds[e.Type]; k != "" {
				s.Names = append(s.Names, entity.Sampled{Start: e.Start, End: e.End, Kind: k})
			}
		}
		list = append(list, s)
	})
	return list, err
}

// A tally counts names that are marked, found, and both.
type tally struct{ gold, found, both int }

func (t tally) String() string {
	p, r := float64(t.both)/float64(max(t.found, 1)), float64(t.both)/float64(max(t.gold, 1))
	return fmt.Sprintf("P %.4f  R %.4f  F1 %.4f", p, r, 2*p*r/max(p+r, 1e-9))
}

// validate trains on all but one of parts and scores on that, for each of them.
func validate(w io.Writer, samples []entity.Sample, texts []string, parts int) error {
	sum := map[string]*tally{"person": {}, "org": {}, "place": {}, "all": {}}
	for part := range parts {
		var train, held []entity.Sample
		for _, s := range samples {
			if int(hash(s.ID))%parts == part {
				held = append(held, s)
			} else {
				train = append(train, s)
			}
		}
		f, err := entity.NewFinder(learn(prepared(train), texts, clusters(texts)))
		if err != nil {
			return err
		}
		for _, s := range held {
			score(sum, s, f)
		}
		fmt.Fprintf(w, "after part %d of %d: all %s\n", part+1, parts, sum["all"])
	}
	for _, k := range []string{"person", "org", "place", "all"} {
		fmt.Fprintf(w, "%-7s %s\n", k, sum[k])
	}
	return nil
}

// score adds what f finds in s to sum.
func score(sum map[string]*tally, s entity.Sample, f *entity.Finder) {
	var t token.Text
	t.Read(s.Text, "en")
	gold := map[entity.Sampled]bool{}
	for _, n := range s.Names {
		if n.Kind != "other" && !gold[n] {
			gold[n] = true
			sum[n.Kind].gold++
			sum["all"].gold++
		}
	}
	for _, m := range f.Find(&t).Mentions {
		both := 0
		if gold[entity.Sampled{Start: m.Start, End: m.End, Kind: m.Kind}] {
			both = 1
		}
		for _, k := range []string{m.Kind, "all"} {
			sum[k].found++
			sum[k].both += both
		}
	}
}
