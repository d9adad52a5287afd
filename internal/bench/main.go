//go:build unix

// Command bench measures what a record costs: the CPU seconds of the whole
// process for extract.Article, all fields, held against those for parsing the
// same pages with golang.org/x/net/html and doing nothing else. Then it measures
// understand.Findings on the texts of these records.
//
//	bench [-rounds N] [-cpuprofile FILE] [-memprofile FILE] [INPUT…]
//
// An INPUT is what "dateline extract" reads: a WARC file, a saved page, a folder
// of them. Without one, and from the project's folder, the pages are those that
// the project has: of the demo, of the golden tests, and written like a
// newspaper's.
//
// In each round every contender reads all the pages, and a ratio compares two
// that ran one after the other, so that a busy machine falls on both.
//
// Files: pages.go reads the pages, measure.go takes the time and prints it.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"

	"golang.org/x/net/html"

	"dateline/extract"
	"dateline/internal/dom"
)

func main() {
	rounds := flag.Int("rounds", 9, "how often every contender reads all the pages")
	cpu := flag.String("cpuprofile", "", "write a CPU profile of the records to `FILE`")
	mem := flag.String("memprofile", "", "write a profile of all that the records allocate to `FILE`")
	flag.Parse()
	if err := run(context.Background(), flag.Args(), *rounds, *cpu, *mem); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, inputs []string, rounds int, cpuProfile, memProfile string) error {
	pages, err := load(ctx, inputs)
	if err != nil {
		return err
	}
	if len(pages) == 0 || rounds < 1 {
		return errors.New("there is nothing to measure")
	}
	size := 0
	for _, p := range pages {
		size += len(p.body)
	}
	fmt.Printf("%d pages, %.1f MB\n\n", len(pages), float64(size)/1e6)
	if cpuProfile != "" || memProfile != "" {
		return profiled(cpuProfile, memProfile, func() {
			for range rounds {
				measure(pages, record)
			}
		})
	}
	contenders := []*contender{{name: "x/net/html Parse", read: parse}, {name: "internal/dom Parse", read: flatParse}, {name: "extract.Article", read: record}}
	for range rounds {
		for _, c := range contenders {
			c.cpu = append(c.cpu, measure(pages, c.read))
		}
	}
	report(contenders, size)
	reportMemory(pages)
	reportFindings(pages, rounds)
	return nil
}

func parse(p page) {
	if _, err := html.Parse(bytes.NewReader(p.body)); err != nil {
		return // too deep a page for it: what it has cost until then counts
	}
}

func flatParse(p page) { dom.Parse(dom.Decode(p.body, p.charset)).Release() }

func record(p page) { extract.Article(p.body, p.address) }

// profiled writes profiles of what f does, to the files that are named.
func profiled(cpu, mem string, f func()) error {
	if cpu != "" {
		file, err := os.Create(cpu)
		if err != nil {
			return err
		}
		defer file.Close()
		if err := pprof.StartCPUProfile(file); err != nil {
			return err
		}
	}
	f()
	pprof.StopCPUProfile()
	if mem == "" {
		return nil
	}
	file, err := os.Create(mem)
	if err != nil {
		return err
	}
	defer file.Close()
	runtime.GC()
	return pprof.Lookup("allocs").WriteTo(file, 0)
}
