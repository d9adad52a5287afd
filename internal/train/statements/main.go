// Command statements trains the models of understand/quote.
//
//	go run ./internal/train/statements [-lang LANG] [-out DIR] [-cross N [-only K]] TRAIN.jsonl
//
// A line of TRAIN is {"id","publisher","text","statements":[{"source","cue","content"}]},
// each part a list of [start,end) in bytes. The models are written to DIR; or,
// with -cross, models are trained N times, each time without an Nth of the
// publishers (or of the texts, where no publisher is told), and what they find in
// that is printed, a line {"id","statements"} a text.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"dateline"
	"dateline/understand/quote"
	"dateline/understand/token"
)

func main() {
	o := options{}
	flag.StringVar(&o.lang, "lang", "en", "language of the texts")
	flag.StringVar(&o.out, "out", "understand/quote/model", "folder to write the models to")
	flag.IntVar(&o.cross, "cross", 0, "find by cross-validation in `N` parts, and write no models")
	flag.IntVar(&o.only, "only", 0, "with -cross, only part `K`, from 1; 0 means all")
	flag.IntVar(&o.quote.Tags.Epochs, "epochs", 6, "passes over the texts of the models that tag")
	flag.IntVar(&o.quote.Tags.MinCount, "min", 3, "leave out features seen less often")
	flag.Float64Var(&o.quote.Tags.Rate, "rate", 0.03, "first step of AdaGrad")
	flag.Float64Var(&o.quote.Tags.L2, "l2", 1e-5, "pull of weights to zero")
	flag.Float64Var(&o.quote.Tags.Prune, "prune", 0.06, "leave out features with weights nearer to zero")
	flag.Float64Var(&o.quote.Lean, "lean", 0.5, "how much more to find than is sure")
	flag.Parse()
	if err := o.run(flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "statements:", err)
		os.Exit(1)
	}
}

type options struct {
	lang, out   string
	cross, only int
	quote       quote.Options
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
	texts, err := read(args[0])
	if err != nil {
		return err
	}
	if o.cross > 0 {
		return o.validate(texts)
	}
	files := quote.Train(o.lang, labelled(texts), o.quote, progress()).Files(o.lang)
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(o.out, name), b, 0o666); err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "%s: %d bytes\n", name, len(b))
	}
	return nil
}

// validate prints what models find in the texts that they were not trained on.
func (o *options) validate(texts []text) error {
	part := map[string]int{}
	of := make([]int, len(texts))
	for i, t := range texts {
		of[i] = i % o.cross
		if t.Publisher != "" {
			if _, ok := part[t.Publisher]; !ok {
				part[t.Publisher] = len(part) % o.cross
			}
			of[i] = part[t.Publisher]
		}
	}
	out := json.NewEncoder(os.Stdout)
	for k := range o.cross {
		if o.only > 0 && k+1 != o.only {
			continue
		}
		var train, test []text
		for i, t := range texts {
			if of[i] == k {
				test = append(test, t)
			} else {
				train = append(train, t)
			}
		}
		f := quote.NewFinder(quote.Train(o.lang, labelled(train), o.quote, progress()))
		for _, t := range test {
			if err := out.Encode(find(f, t, o.lang)); err != nil {
				return err
			}
		}
	}
	return nil
}

func find(f *quote.Finder, t text, lang string) text {
	var cut token.Text
	cut.Read(t.Text, lang)
	found := text{ID: t.ID}
	for _, s := range f.Find(&cut) {
		found.Statements = append(found.Statements, parts{s.Speaker, s.Cue, s.Content, s.Confidence, s.Kind})
	}
	return found
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

func read(name string) (texts []text, err error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	in := bufio.NewScanner(file)
	in.Buffer(nil, 64<<20)
	for n := 1; in.Scan(); n++ {
		var t text
		if err := json.Unmarshal(in.Bytes(), &t); err != nil {
			return nil, fmt.Errorf("%s: line %d: %w", name, n, err)
		}
		texts = append(texts, t)
	}
	return texts, in.Err()
}

// progress returns a function that prints what is done and after how long.
func progress() func(done string) {
	start := time.Now()
	return func(done string) { fmt.Fprintf(os.Stderr, "%5.0f s %s\n", time.Since(start).Seconds(), done) }
}
