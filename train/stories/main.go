// Command stories trains the model that tells whether an article is of a story, and
// measures it under cross-validation by topic.
//
//	go run ./train/stories [-steps N] [-folds N] SET…
//
// A set is a file of JSON lines with id, date, source, title, text and cluster, in the
// order in which the articles came; cluster is null where it is not known. The weights
// that it prints stand in relate/story/model.go. doc/models.md says what was trained on
// which; places.py makes the list of towns.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"dateline"
	"dateline/relate/story"
	"dateline/train/lines"
)

func main() {
	steps := flag.Int("steps", 300, "changes of the weights that are tried")
	folds := flag.Int("folds", 2, "parts for cross-validation; 0 measures nothing")
	flag.Parse()
	if err := run(os.Stdout, *steps, *folds, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "stories:", err)
		os.Exit(1)
	}
}

// A set is the articles of one file, in the order in which they are given to the grouper,
// with the story that each is labelled with.
type set struct {
	name     string
	lesson   *story.Lesson
	clusters []string // "" where it is not known
}

func read(path string) (*set, error) {
	type row struct{ ID, Date, Source, Title, Text, Cluster string }
	s := &set{name: strings.TrimSuffix(filepath.Base(path), ".jsonl")}
	var articles []*dateline.Article
	err := lines.Each(path, func(r row) {
		articles = append(articles, &dateline.Article{
			URL:  fmt.Sprintf("https://%s.invalid/%d", cmp.Or(r.Source, "clustering"), len(articles)),
			Lang: "en", Headline: r.Title, Published: dateline.Date(r.Date), Text: r.Text,
		})
		s.clusters = append(s.clusters, r.Cluster)
	})
	if err != nil {
		return nil, err
	}
	s.lesson = story.NewLesson(articles)
	return s, nil
}

// topic returns what a cluster is about: two events that look alike, which share all but
// the last part of their names, are one topic.
func topic(cluster string) string {
	parts := strings.Split(cluster, "-")
	if len(parts) == 3 {
		return strings.Join(parts[:2], "-")
	}
	return cluster
}

// fold returns the part that a topic is dealt into.
func fold(cluster string, folds int) int {
	h := fnv.New32a()
	h.Write([]byte(topic(cluster))) // a hash does not fail
	return int(h.Sum32()>>8) % folds
}

func run(w io.Writer, steps, folds int, paths []string) error {
	var sets []*set
	for _, p := range paths {
		s, err := read(p)
		if err != nil {
			return err
		}
		sets = append(sets, s)
	}
	all := func(string) bool { return true }
	show(w, "now", sets, &story.Default, all)
	if folds > 0 {
		held := make([]figures, len(sets))
		for k := range folds {
			m := train(sets, steps, func(cluster string) bool { return fold(cluster, folds) != k })
			for i, s := range sets {
				held[i].add(s, s.lesson.Sort(m), func(cluster string) bool { return fold(cluster, folds) == k })
			}
		}
		for i, s := range sets {
			fmt.Fprintf(w, "%-12s held out   %v\n", s.name, &held[i])
		}
	}
	m := train(sets, steps, all)
	show(w, "trained on", sets, m, all)
	for i, x := range m.Weights() {
		fmt.Fprintf(w, "%d:%.3f ", i, *x)
	}
	fmt.Fprintf(w, "\n%+v\n", *m)
	return nil
}

func show(w io.Writer, what string, sets []*set, m *story.Model, of func(string) bool) {
	for _, s := range sets {
		var f figures
		f.add(s, s.lesson.Sort(m), of)
		fmt.Fprintf(w, "%-12s %-10s %v\n", s.name, what, &f)
	}
}

// train returns the model that fits the clusters for which of holds best: from the one of
// the program on, changes of one or two weights are tried, and kept if the mean of the
// sets' figures is better (hill climbing).
func train(sets []*set, steps int, of func(cluster string) bool) *story.Model {
	best := story.Default
	top := goal(sets, &best, of)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range steps {
		m := best
		weights := m.Weights()
		size := .15
		if i > steps/2 {
			size = .05
		}
		for range 1 + r.IntN(3) {
			*weights[r.IntN(len(weights))] += r.NormFloat64() * size
		}
		if x := goal(sets, &m, of); x > top {
			best, top = m, x
		}
	}
	return &best
}

// goal is what training makes as large as it can.
func goal(sets []*set, m *story.Model, of func(cluster string) bool) float64 {
	sum := 0.0
	for _, s := range sets {
		var f figures
		f.add(s, s.lesson.Sort(m), of)
		sum += f.f1()
	}
	return sum
}

// figures are B-cubed precision and recall (Bagga and Baldwin 1998), summed.
type figures struct{ n, precision, recall float64 }

// add counts the articles of the clusters for which of holds.
func (f *figures) add(s *set, found []dateline.ArticleID, of func(cluster string) bool) {
	type pair struct {
		cluster string
		found   dateline.ArticleID
	}
	clusters, groups, both := map[string]float64{}, map[dateline.ArticleID]float64{}, map[pair]float64{}
	for i, c := range s.clusters {
		if c != "" {
			clusters[c]++
			groups[found[i]]++
			both[pair{c, found[i]}]++
		}
	}
	for i, c := range s.clusters {
		if c != "" && of(c) {
			f.n++
			f.precision += both[pair{c, found[i]}] / groups[found[i]]
			f.recall += both[pair{c, found[i]}] / clusters[c]
		}
	}
}

func (f *figures) f1() float64 {
	return 2 * f.precision * f.recall / max((f.precision+f.recall)*max(f.n, 1), 1e-9)
}

func (f *figures) String() string {
	n := max(f.n, 1)
	return fmt.Sprintf("B-cubed P %.4f R %.4f F1 %.4f of %.0f", f.precision/n, f.recall/n, f.f1(), f.n)
}
