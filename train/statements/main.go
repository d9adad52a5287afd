// Command statements trains the models of understand/quote.
//
//	go run ./train/statements [-lang LANG] [-out DIR] [-plain FILE] [-sure] [-by publisher] [-cross N] TRAIN.jsonl
//
// A line of TRAIN is {"id","publisher","text","statements":[{"source","cue","content"}]},
// each part a list of [start,end) in bytes. The models are written to DIR; or,
// with -cross, models are trained N times, each time without an Nth of the texts
// (or of the publishers), and what they find in that is printed, with its
// confidence ("sure"), a line {"id","statements"} a text.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"dateline"
	"dateline/train/lines"
	"dateline/understand/quote"
)

func main() {
	o := options{}
	flag.StringVar(&o.lang, "lang", "en", "language of the texts")
	flag.StringVar(&o.out, "out", "understand/quote/model", "folder to write the models to")
	flag.IntVar(&o.cross, "cross", 0, "find by cross-validation in `N` parts, and write no models")
	flag.StringVar(&o.by, "by", "text", "what is held out, also of what the confidence learns from: text or publisher")
	flag.BoolVar(&o.learning.sure, "sure", false, "train the confidence alone, and write no other file")
	flag.IntVar(&o.learning.tags.Epochs, "epochs", 6, "passes over the texts of the models that tag")
	flag.IntVar(&o.learning.tags.MinCount, "min", 3, "leave out features seen less often")
	flag.Float64Var(&o.learning.tags.Rate, "rate", 0.03, "first step of AdaGrad")
	flag.Float64Var(&o.learning.tags.L2, "l2", 1e-5, "pull of weights to zero")
	flag.Float64Var(&o.learning.tags.Prune, "prune", 0.06, "leave out features with weights nearer to zero")
	flag.StringVar(&o.learning.plain, "plain", "", "`FILE` of texts, one a line, in which nobody says anything: the confidence learns from them, too")
	flag.Float64Var(&o.learning.lean, "lean", 0.4, "how much more to find than is sure")
	flag.Float64Var(&o.learning.begin, "begin", 1.5, "how much more cues and speakers to find")
	flag.Parse()
	if err := o.run(flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "statements:", err)
		os.Exit(1)
	}
}

type options struct {
	lang, out, by string
	cross         int
	learning      learning
}

// A part is a list of spans in the words of the set.
type parts struct {
	Source  []dateline.Span `json:"source"`
	Cue     []dateline.Span `json:"cue"`
	Content []dateline.Span `json:"content"`
	Sure    float64         `json:"sure,omitempty"`
	Kind    string          `json:"kind,omitempty"`
}

type text struct {
	ID         string  `json:"id"`
	Publisher  string  `json:"publisher,omitempty"`
	Text       string  `json:"text,omitempty"`
	Statements []parts `json:"statements"`
}

func (o *options) run(args []string) error {
	if len(args) != 1 {
		return errors.New("wants one file of labelled texts")
	}
	var texts []text
	if err := lines.Each(args[0], func(t text) { texts = append(texts, t) }); err != nil {
		return err
	}
	if o.cross > 0 {
		return o.validate(texts)
	}
	fold, err := o.deal(texts, folds)
	if err != nil {
		return err
	}
	m, err := learn(o.lang, labelled(texts), fold, o.learning, progress())
	if err != nil {
		return err
	}
	files := m.Files(o.lang)
	for name, b := range files {
		if o.learning.sure && filepath.Ext(name) != ".sure" {
			continue
		}
		if err := os.WriteFile(filepath.Join(o.out, name), b, 0o666); err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "%s: %d bytes\n", name, len(b))
	}
	return nil
}

// validate prints what models find in the texts that they were not trained on.
func (o *options) validate(texts []text) error {
	fold, err := o.deal(texts, o.cross)
	if err != nil {
		return err
	}
	out := json.NewEncoder(os.Stdout)
	for i, list := range validate(o.lang, labelled(texts), fold, o.learning, progress()) {
		found := text{ID: texts[i].ID}
		for _, s := range list {
			found.Statements = append(found.Statements, parts{s.Speaker, s.Cue, s.Content, s.Confidence, s.Kind})
		}
		if err := out.Encode(found); err != nil {
			return err
		}
	}
	return nil
}

// deal cuts the texts, or their publishers, into n folds.
func (o *options) deal(texts []text, n int) ([]int, error) {
	fold := make([]int, len(texts))
	part := map[string]int{}
	for i, t := range texts {
		switch o.by {
		case "text":
			fold[i] = i % n
		case "publisher":
			if _, ok := part[t.Publisher]; !ok {
				part[t.Publisher] = len(part) % n
			}
			fold[i] = part[t.Publisher]
		default:
			return nil, fmt.Errorf("cannot hold out by %q", o.by)
		}
	}
	return fold, nil
}

func labelled(texts []text) (out []quote.Labelled) {
	for _, t := range texts {
		l := quote.Labelled{Text: t.Text}
		for _, s := range t.Statements {
			l.Statements = append(l.Statements, dateline.Statement{Speaker: s.Source, Cue: s.Cue, Content: s.Content})
		}
		out = append(out, l)
	}
	return out
}

// progress returns a function that prints what is done and after how long.
func progress() func(done string) {
	start := time.Now()
	return func(done string) { fmt.Fprintf(os.Stderr, "%5.0f s %s\n", time.Since(start).Seconds(), done) }
}
