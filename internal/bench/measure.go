//go:build unix

package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"syscall"

	"dateline"
	"dateline/extract"
	"dateline/understand"
)

// A contender is one of the things that are compared: it does something with every page,
// and its time is taken.
type contender struct {
	name string
	read func(page)
	cpu  []float64 // seconds of each round
}

// measure returns the CPU seconds of the whole process, garbage collection
// included, that reading all the pages takes.
func measure(pages []page, read func(page)) float64 {
	runtime.GC()
	before := cpuSeconds()
	for _, p := range pages {
		read(p)
	}
	return cpuSeconds() - before
}

// cpuSeconds returns the CPU time that the process has used, all threads.
func cpuSeconds() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // it cannot fail with these arguments
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

// report prints what each contender costs, and as a ratio to the first.
func report(contenders []*contender, size int) {
	fmt.Printf("%-20s %8s %8s   %s\n", "", "CPU s", "MB/s", "ratio (least to most)")
	for _, c := range contenders {
		var ratios []float64
		for i := range c.cpu {
			ratios = append(ratios, c.cpu[i]/contenders[0].cpu[i])
		}
		cpu := median(c.cpu)
		fmt.Printf("%-20s %8.3f %8.1f   %.3f (%.3f to %.3f)\n", c.name, cpu, float64(size)/1e6/cpu, median(ratios), slices.Min(ratios), slices.Max(ratios))
	}
}

// reportFindings prints how fast the texts of the pages are understood, once
// the models have been used.
func reportFindings(pages []page, rounds int) {
	var articles []*dateline.Article
	size := 0
	for _, p := range pages {
		if a := extract.Article(p.body, p.address); a.Text != "" {
			articles = append(articles, a)
			size += len(a.Text)
		}
	}
	var cpu []float64
	for range rounds + 1 {
		runtime.GC()
		before := cpuSeconds()
		for _, a := range articles {
			understand.Findings(a)
		}
		cpu = append(cpu, cpuSeconds()-before)
	}
	fmt.Printf("\nunderstand.Findings: %d texts, %.2f MB, %.2f MB a CPU second\n", len(articles), float64(size)/1e6, float64(size)/1e6/median(cpu[1:]))
}

// reportMemory prints what a record allocates once the memory that is used
// from page to page is there.
func reportMemory(pages []page) {
	var counts, times []float64
	var before, after runtime.MemStats
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // a collection would drop that memory
	for _, p := range pages {
		runtime.GC()
		record(p)
		runtime.ReadMemStats(&before)
		record(p)
		runtime.ReadMemStats(&after)
		counts = append(counts, float64(after.Mallocs-before.Mallocs))
		times = append(times, float64(after.TotalAlloc-before.TotalAlloc)/float64(len(p.body)))
	}
	fmt.Printf("\nallocations a page: median %.0f, 90 of 100 at most %.0f, most %.0f\n", median(counts), quantile(counts, 0.9), slices.Max(counts))
	fmt.Printf("bytes allocated: median %.2f times the page, 90 of 100 at most %.2f, most %.2f\n", median(times), quantile(times, 0.9), slices.Max(times))
}

func median(v []float64) float64 { return quantile(v, 0.5) }

// quantile returns the value that a share of v does not exceed.
func quantile(v []float64, share float64) float64 {
	v = slices.Sorted(slices.Values(v))
	return v[int(share*float64(len(v)-1))]
}
