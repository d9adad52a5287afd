//go:build unix

// Command grow tells whether work grows in proportion with its input. It makes
// texts that repeat one thing, such as an opening quotation mark, a title or a
// month, and mixtures of several, at two sizes; it measures the CPU seconds that
// each part of the program takes for both; and it prints by what the time is
// multiplied when the text doubles: 2 for work in proportion, 4 for work that
// grows with the square.
//
//	grow [-size BYTES] [-mixtures N] [-seed N] [-part NAME] [-lang LANG] [-kind NAME] [-worst N]
//
// The worst rows are printed first. The exit status is 1 if a row has more than
// 2.3, which it keeps when it is measured again.
//
// Files: kinds.go has what is repeated, parts.go the parts that are measured.
package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
)

// mostGrowth is by what the time for twice the text may be multiplied: 2, and
// what caches and the collector of garbage add to it.
const mostGrowth = 2.3

// longer is how many times as long the second text is as the first.
const longer = 4

// options are the flags of the command.
type options struct {
	size, mixtures, worst int
	seed                  uint64
	part, lang, kind      string
}

func main() {
	var o options
	flag.IntVar(&o.size, "size", 16<<10, "bytes of the shorter text")
	flag.IntVar(&o.mixtures, "mixtures", 40, "random mixtures of kinds besides the kinds themselves")
	flag.Uint64Var(&o.seed, "seed", 1, "of the mixtures")
	flag.StringVar(&o.part, "part", "", "measure only this `PART`")
	flag.StringVar(&o.lang, "lang", "", "measure only texts in this `LANGUAGE`")
	flag.StringVar(&o.kind, "kind", "", "measure only kinds whose name holds this `WORD`")
	flag.IntVar(&o.worst, "worst", 40, "rows to print; 0 prints all")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "grow:", err)
		os.Exit(1)
	}
}

// A row is one measurement: a part of the program, a kind of text, the time for the longer
// one, and by what the time is multiplied when the text doubles.
type row struct {
	part, lang, kind string
	seconds          float64 // CPU, for the longer text
	size             int     // bytes of the longer text
	growth           float64 // of the time when the text doubles
}

func run(o options) error {
	debug.SetGCPercent(400) // so that the collector adds little
	var rows []row
	for _, p := range parts {
		if o.part != "" && p.name != o.part {
			continue
		}
		for _, lang := range p.langs {
			if o.lang != "" && lang != o.lang {
				continue
			}
			for _, k := range append(slices.Clone(p.kinds), mixtures(p.kinds, o.mixtures, o.seed)...) {
				if strings.Contains(k.name, o.kind) {
					rows = append(rows, measure(p, lang, k, o.size))
				}
			}
		}
	}
	if len(rows) == 0 {
		return errors.New("nothing was measured")
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(b.growth, a.growth) })
	return report(rows, o.worst)
}

// report prints the worst rows.
func report(rows []row, worst int) error {
	if worst <= 0 {
		worst = len(rows)
	}
	bad := 0
	fmt.Printf("%-10s %-4s %7s %10s %9s  %s\n", "part", "lang", "growth", "CPU ms", "ns/byte", "text")
	for i, r := range rows {
		if r.growth > mostGrowth {
			bad++
		}
		if i < worst {
			fmt.Printf("%-10s %-4s %7.2f %10.1f %9.0f  %s\n", r.part, r.lang, r.growth, r.seconds*1e3, r.seconds*1e9/float64(r.size), r.kind)
		}
	}
	slowest := slices.Clone(rows)
	slices.SortStableFunc(slowest, func(a, b row) int {
		return cmp.Compare(b.seconds/float64(b.size), a.seconds/float64(a.size))
	})
	fmt.Printf("\nthe slowest a byte:\n")
	for _, r := range slowest[:min(len(slowest), worst)] {
		fmt.Printf("%-10s %-4s %7.2f %10.1f %9.0f  %s\n", r.part, r.lang, r.growth, r.seconds*1e3, r.seconds*1e9/float64(r.size), r.kind)
	}
	fmt.Printf("\n%d rows, %d with a growth of more than %.1f\n", len(rows), bad, mostGrowth)
	if bad > 0 {
		return fmt.Errorf("%d of %d grow faster than their text", bad, len(rows))
	}
	return nil
}

// measure compares the time for a text with that for a longer one. What grows
// too fast is measured again, since another program may have disturbed it.
func measure(p part, lang string, k kind, size int) row {
	short, long := k.text(size), k.text(longer*size)
	doublings := math.Log2(float64(len(long)) / float64(len(short)))
	r := row{part: p.name, lang: lang, kind: k.name, size: len(long), growth: math.Inf(1)}
	for try := 0; try < 4 && r.growth > mostGrowth; try++ {
		a, b := seconds(p, short, lang), seconds(p, long, lang)
		if b < leastSeconds {
			b, a = 1, 0.25 // too short to be anything but work in proportion
			r.seconds = leastSeconds
		} else {
			r.seconds = b
		}
		r.growth = min(r.growth, math.Pow(b/a, 1/doublings))
	}
	return r
}

// leastSeconds is the time below which nothing is told from a measurement.
const leastSeconds = 0.002

// seconds returns the CPU seconds that p takes for text, the least of several
// measurements where it is short.
func seconds(p part, text, lang string) float64 {
	least := math.Inf(1)
	for spent, n := 0.0, 0; n < 2 && spent < 1 || n < 10 && spent < 0.02; n++ {
		runtime.GC()
		before := cpuSeconds()
		p.do(text, lang)
		took := cpuSeconds() - before
		spent += took
		least = min(least, took)
	}
	return max(least, 1e-6)
}

// cpuSeconds returns the CPU time that the process has used, all threads.
func cpuSeconds() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // it cannot fail with these arguments
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}
