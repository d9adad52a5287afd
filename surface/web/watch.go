package web

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"dateline/archive"
)

// A Measurer tells how large an archive is, see [archive.Archive.Measure].
type Measurer interface {
	// Measure measures the archive.
	Measure(ctx context.Context) (archive.Measure, error)
}

// buckets are the bounds of the histogram of times, in seconds: from a page that is kept to
// the most that one may take.
var buckets = []float64{0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10}

// meter counts the requests of each route. Its zero value has counted none.
type meter struct {
	mu     sync.Mutex
	routes map[string]*counts
}

// counts are those of one route.
type counts struct {
	status  map[int]int64
	buckets []int64 // answers within each bound, not summed up
	n       int64
	seconds float64
}

// count counts an answer.
func (m *meter) count(route string, status int, took time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.routes == nil {
		m.routes = map[string]*counts{}
	}
	c := m.routes[route]
	if c == nil {
		c = &counts{status: map[int]int64{}, buckets: make([]int64, len(buckets))}
		m.routes[route] = c
	}
	c.status[status]++
	c.n++
	c.seconds += took.Seconds()
	if i, _ := slices.BinarySearch(buckets, took.Seconds()); i < len(buckets) {
		c.buckets[i]++
	}
}

// write writes the counts in the text format of Prometheus.
func (m *meter) write(b *strings.Builder) {
	m.mu.Lock()
	defer m.mu.Unlock()
	names := slices.Sorted(maps.Keys(m.routes))
	head(b, "dateline_requests_total", "counter", "Requests answered, by route and status.")
	for _, name := range names {
		for _, s := range slices.Sorted(maps.Keys(m.routes[name].status)) {
			fmt.Fprintf(b, "dateline_requests_total{route=%s,status=\"%d\"} %d\n", labelled(name), s, m.routes[name].status[s])
		}
	}
	head(b, "dateline_request_seconds", "histogram", "Time from a request to the end of its answer, by route.")
	for _, name := range names {
		c, sum := m.routes[name], int64(0)
		for i, bound := range buckets {
			sum += c.buckets[i]
			fmt.Fprintf(b, "dateline_request_seconds_bucket{route=%s,le=\"%s\"} %d\n", labelled(name), strconv.FormatFloat(bound, 'g', -1, 64), sum)
		}
		fmt.Fprintf(b, "dateline_request_seconds_bucket{route=%s,le=\"+Inf\"} %d\n", labelled(name), c.n)
		fmt.Fprintf(b, "dateline_request_seconds_sum{route=%s} %g\n", labelled(name), c.seconds)
		fmt.Fprintf(b, "dateline_request_seconds_count{route=%s} %d\n", labelled(name), c.n)
	}
}

// head begins a metric.
func head(b *strings.Builder, name, kind, help string) {
	fmt.Fprintf(b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
}

// labelled returns the value of a label as the text format has it.
func labelled(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}

// healthz answers /healthz: the server answers.
func (s *site) healthz(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	write(w, http.StatusOK, []byte("ok\n"))
}

// readyz answers /readyz: the archive and its index can be read.
func (s *site) readyz(w http.ResponseWriter, r *http.Request) {
	status, text := http.StatusOK, "ready\n"
	if _, err := s.archive.Revision(r.Context()); err != nil {
		s.log.Warn("not ready", "err", err)
		status, text = http.StatusServiceUnavailable, "the index cannot be read; the program's log says why\n"
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	write(w, status, []byte(text))
}

// metrics answers /metrics in the text format of Prometheus, version 0.0.4.
func (s *site) metrics(w http.ResponseWriter, r *http.Request) {
	var b strings.Builder
	if m, ok := s.archive.(Measurer); ok {
		got, err := m.Measure(r.Context())
		if err != nil {
			s.fail(w, r, fmt.Errorf("archive not measured: %w", err))
			return
		}
		head(&b, "dateline_captures", "gauge", "Captures in the archive.")
		fmt.Fprintf(&b, "dateline_captures %d\n", got.Captures)
		head(&b, "dateline_archive_bytes", "gauge", "Bytes of the files of the archive.")
		fmt.Fprintf(&b, "dateline_archive_bytes %d\n", got.Bytes)
		head(&b, "dateline_stage_behind", "gauge", "Records that a stage has not read yet.")
		for _, name := range slices.Sorted(maps.Keys(got.Behind)) {
			fmt.Fprintf(&b, "dateline_stage_behind{stage=%s} %d\n", labelled(string(name)), got.Behind[name])
		}
	}
	if err := s.sourceMetrics(r.Context(), &b); err != nil {
		s.fail(w, r, fmt.Errorf("sources not counted: %w", err))
		return
	}
	s.meter.write(&b)
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	write(w, http.StatusOK, []byte(b.String()))
}

// sourceMetrics writes what each source brought.
func (s *site) sourceMetrics(ctx context.Context, b *strings.Builder) error {
	var found, asked, fails strings.Builder
	for e, err := range s.archive.Sources().After(ctx, 0) {
		if err != nil {
			return err
		}
		if e.Rec.Gone {
			continue
		}
		label := labelled(e.Rec.URL)
		fmt.Fprintf(&found, "dateline_source_captures_total{source=%s} %d\n", label, e.Rec.Found)
		fmt.Fprintf(&asked, "dateline_source_polls_total{source=%s} %d\n", label, e.Rec.Polls)
		fmt.Fprintf(&fails, "dateline_source_failures{source=%s} %d\n", label, e.Rec.Fails)
	}
	head(b, "dateline_source_captures_total", "counter", "New articles that a source brought.")
	b.WriteString(found.String())
	head(b, "dateline_source_polls_total", "counter", "How often a source was asked.")
	b.WriteString(asked.String())
	head(b, "dateline_source_failures", "gauge", "Failures of a source in a row.")
	b.WriteString(fails.String())
	return nil
}
