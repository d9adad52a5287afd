// Command multinames trains the model of understand/entity for names in languages
// other than English.
//
//	go run ./train/multinames [-out FILE] [-held N] DIR
//
// DIR holds a file LANG.jsonl for each language, and train-LANG-NAME.jsonl; a line is
// {"id","corpus","lang","text","entities":[{"start","end","type"}]}, the offsets in
// bytes. Of these the corpora teach whose licences permit it (corpora). With -held,
// nothing is written: the model is trained without the Nth of four parts of the
// documents, which are dealt out by topic where the corpus has topics, and is scored on
// that part, and in the languages that nothing was learned from on all there is.
package main

import (
	"errors"
	"flag"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"dateline/internal/chain"
	"dateline/train/crf"
	"dateline/train/lines"
	"dateline/understand/entity"
	"dateline/understand/token"
)

// corpora are those that may teach, each with the licence of its labels.
var corpora = map[string]string{
	"newsfane":             "CC BY-SA 3.0",
	"slavicner":            "none stated; its authors give out models under Apache 2.0",
	"germeval14":           "CC BY 4.0",
	"hironsan":             "MIT",
	"uner-bosque":          "CC BY-SA 4.0",
	"swedish-ner-corpus":   "CC BY 4.0",
	"europeana-enp_FR.bnf": "CC0",
	"wikiner":              "CC BY 4.0",
}

// kinds are the kinds of the types that samples are marked with.
var kinds = map[string]string{
	"PER": "person", "ORG": "org", "LOC": "place",
	"MISC": "other", "NORP": "other", "FAC": "other", "GRP": "other",
}

// options are the choices of training, found on held-out parts.
var options = crf.Options{Rate: 0.05, Epochs: 6, L2: 1e-5, MinCount: 4, Prune: 0.3}

func main() {
	out := flag.String("out", "understand/entity/model/multi", "file to write the model to")
	held := flag.Int("held", 0, "score on the `N`th of four parts, from 1, and write nothing")
	flag.Parse()
	if err := run(*out, *held, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "multinames:", err)
		os.Exit(1)
	}
}

// A sample is a text with its language and corpus.
type sample struct {
	entity.Sample
	lang, corpus string
}

func run(out string, held int, args []string) error {
	if len(args) != 1 {
		return errors.New("one folder is needed")
	}
	samples, err := read(args[0])
	if err != nil {
		return err
	}
	set := crf.NewSet(entity.MultiLabels())
	var rest []sample
	for _, s := range samples {
		switch {
		case corpora[s.corpus] == "":
			rest = append(rest, s)
		case held > 0 && partOf(s.ID) == held-1:
			rest = append(rest, s)
		default:
			s.TeachMulti(s.lang, set)
		}
	}
	m := set.Train(options)
	file := chain.Pack(m)
	fmt.Printf("%d bytes\n", len(file))
	if held == 0 {
		return os.WriteFile(out, file, 0o644)
	}
	return score(rest, m)
}

// read reads all files of a folder.
func read(dir string) (list []sample, err error) {
	type row struct {
		ID, Corpus, Lang, Text string
		Entities               []struct {
			Start, End int
			Type       string
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	for _, name := range files {
		if e := lines.Each(name, func(r row) {
			s := sample{entity.Sample{ID: r.ID, Text: r.Text}, r.Lang, r.Corpus}
			for _, e := range r.Entities {
				if k := kinds[e.Type]; k != "" {
					s.Names = append(s.Names, entity.Sampled{Start: e.Start, End: e.End, Kind: k})
				}
			}
			list = append(list, s)
		}); e != nil {
			return nil, e
		}
	}
	return list, err
}

// topics are the topics of the corpora that are sorted by them: what was learned of one
// must serve another.
var topics = regexp.MustCompile(`-slavic-([a-z_]+)-`)

const parts = 4

// partOf returns the part that the document belongs to.
func partOf(id string) int {
	h := fnv.New32a()
	if m := topics.FindStringSubmatch(id); m != nil {
		id = m[1]
	}
	h.Write([]byte(id))
	return int(h.Sum32()>>8) % parts
}

// A tally counts names that are marked, found, and both.
type tally struct{ gold, found, both int }

func (t *tally) String() string {
	p, r := float64(t.both)/float64(max(t.found, 1)), float64(t.both)/float64(max(t.gold, 1))
	return fmt.Sprintf("P %.3f R %.3f F1 %.3f", p, r, 2*p*r/max(p+r, 1e-9))
}

// score prints how the model does on samples, by language and corpus.
func score(samples []sample, m *chain.Model) error {
	sums := map[string]map[string]*tally{}
	for _, s := range samples {
		key := s.lang + " " + s.corpus
		if sums[key] == nil {
			sums[key] = map[string]*tally{"person": {}, "org": {}, "place": {}, "all": {}}
		}
		sum := sums[key]
		gold := map[entity.Sampled]bool{}
		for _, n := range s.Names {
			if n.Kind != "other" && !gold[n] {
				gold[n] = true
				sum[n.Kind].gold++
				sum["all"].gold++
			}
		}
		var t token.Text
		t.Read(s.Text, s.lang)
		for _, n := range entity.MultiNames(&t, s.lang, m) {
			for _, k := range []string{n.Kind, "all"} {
				sum[k].found++
				if gold[n] {
					sum[k].both++
				}
			}
		}
	}
	var keys []string
	for k := range sums {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		s := sums[k]
		fmt.Printf("%-24s all %s (%d)  PER %s  ORG %s  LOC %s\n", k, s["all"], s["all"].gold, s["person"], s["org"], s["place"])
	}
	return nil
}
