package sqlite_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"dateline"
	"dateline/index"
	"dateline/index/sqlite"
	"dateline/query"
)

// written returns n articles of 400 words as frequent as words are (by Zipf's
// law; "w0" is the most frequent), in order of time, ten years in all.
func written(n int) []dateline.Article {
	r := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(r, 1.1, 2.7, 50000)
	words := func(k int) string {
		var b strings.Builder
		for range k {
			fmt.Fprintf(&b, "w%d ", zipf.Uint64())
		}
		return strings.TrimSpace(b.String())
	}
	list := make([]dateline.Article, n)
	start := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range list {
		url := fmt.Sprintf("https://news%d.example/%d", i%50, i)
		at := start.Add(time.Duration(i) * (87600 * time.Hour / time.Duration(n)))
		list[i] = dateline.Article{ID: dateline.NewArticleID(url), Capture: dateline.NewCaptureID(url, at, ""), URL: url, Canonical: url,
			Headline: words(8), Bylines: []string{words(2)}, Published: dateline.Date(at.Format(time.RFC3339)), Lang: "en",
			Section: fmt.Sprint("section ", i%30), Tags: []string{words(1), words(1)},
			Publisher: dateline.Publisher{Name: fmt.Sprint("News ", i%50), Site: fmt.Sprintf("news%d.example", i%50)}, Text: words(400)}
	}
	return list
}

// spoken returns dates such as an article published at the given time speaks
// of: the days around it, its month, the year before.
func spoken(a *dateline.Article) *dateline.Findings {
	at, _, _ := a.Published.Interval()
	f := &dateline.Findings{Capture: a.Capture}
	for _, value := range []string{at.Format("2006-01-02"), at.AddDate(0, 0, -3).Format("2006-01-02"), at.AddDate(0, 0, 1).Format("2006-01-02"),
		at.Format("2006-01"), at.AddDate(-1, 0, 0).Format("2006")} {
		f.Dates = append(f.Dates, dateline.Timex{Type: "DATE", Value: value})
	}
	return f
}

func addAll(b *testing.B, x *sqlite.Index, list []dateline.Article, find func(*dateline.Article) *dateline.Findings) {
	b.Helper()
	docs := make([]index.Doc, len(list))
	for i := range list {
		docs[i].Article = &list[i]
		if find != nil {
			docs[i].Findings = find(&list[i])
		}
	}
	if err := x.Add(b.Context(), docs...); err != nil {
		b.Fatal(err)
	}
}

func openBench(b *testing.B) *sqlite.Index {
	b.Helper()
	return openFile(b, made(b, nil), nil, sqlite.Options{})
}

// telling returns the dates of spoken and six statements of a, each of about
// thirty words, by one of 2,000 speakers.
func telling(a *dateline.Article) *dateline.Findings {
	f := spoken(a)
	step := len(a.Text) / 8
	for i := range 6 {
		start := i*step + strings.IndexByte(a.Text[i*step:], ' ') + 1
		end := start + strings.LastIndexByte(a.Text[start:start+step/2], ' ')
		f.Statements = append(f.Statements, dateline.Statement{Content: []dateline.Span{{Start: start, End: end}}, Kind: "direct",
			Who: fmt.Sprintf("Ana Lima%d", (len(a.Text)*(i/2+1))%2000)})
	}
	return f
}

// BenchmarkAdd puts articles in the index, 2,000 at a time,
// without findings, with five dates each, and with six statements besides.
func BenchmarkAdd(b *testing.B) {
	b.Run("telling", func(b *testing.B) { benchmarkAdd(b, telling) })
	b.Run("undated", func(b *testing.B) { benchmarkAdd(b, nil) })
	b.Run("dated", func(b *testing.B) { benchmarkAdd(b, spoken) })
}

func benchmarkAdd(b *testing.B, find func(*dateline.Article) *dateline.Findings) {
	db := openBench(b)
	list := written(2000)
	round, done := 0, 0
	b.ReportAllocs()
	for b.Loop() {
		for i := range list {
			list[i].ID = dateline.ArticleID(fmt.Sprint("a", round, "-", i))
			list[i].Capture = dateline.CaptureID(fmt.Sprint("c", round, "-", i))
		}
		addAll(b, db, list, find)
		round, done = round+1, done+len(list)
	}
	b.ReportMetric(float64(done)/b.Elapsed().Seconds(), "articles/s")
}

// BenchmarkSearch asks an archive of 10,000 articles.
func BenchmarkSearch(b *testing.B) {
	db := openBench(b)
	addAll(b, db, written(10000), telling)
	for _, test := range []struct {
		name, query string
		o           index.Options
	}{
		{"common", "w9", index.Options{Limit: 20}},
		{"phrase", `"w9 w5"`, index.Options{Limit: 20}},
		{"filtered", `w9 publisher:"News 7" after:2020-01 before:2020-04`, index.Options{Limit: 20}},
		{"day", "when:2020-01-28", index.Options{Limit: 20}},
		{"range", "w9 when:2019-11..2020-01", index.Options{Limit: 20}},
		{"speaker", `who:"ana lima7"`, index.Options{Limit: 20}},
		{"said", "said:w9", index.Options{Limit: 20}},
		{"said by", `said:w9 who:"ana lima7"`, index.Options{Limit: 20}},
		{"said often", "said:w0 w9", index.Options{Limit: 20}},
		{"ranked", "w9", index.Options{Limit: 20, Rank: true}},
	} {
		q, err := query.Parse(test.query)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(test.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, err := range db.Search(b.Context(), q, test.o) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
		b.Run(test.name+" facets", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := db.Facets(b.Context(), q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
