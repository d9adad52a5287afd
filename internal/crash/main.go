// Command crash kills the program while it works, and looks whether anything is
// lost.
//
//	crash [-rounds N] [-seed N] [-bin FILE] [-keep FOLDER] [-v]
//
// In each round one command works on an archive: add, rebuild, same, backup or
// verify -repair, the last after something has been broken. It is killed
// (SIGKILL) at a random moment, or right after one of its files has changed.
// Then this must hold:
//
//   - every capture, article, set of findings, group and decision that a reader saw
//     before the kill, or that the command told of, is there as it was;
//   - "verify" finds nothing, but for a record whose end was cut off on purpose;
//   - no record stands in the WARC files twice, no payload either;
//   - a backup that was once complete can be restored, with all that it held.
//
// Unless articles were made again, their groups are at last those that they have when
// all are grouped anew.
//
// A story is a few rounds on one archive. At its end everything is added and
// made again, and the archive must equal one that was never killed: its
// captures, articles, findings and answers.
//
// Files: world.go has the pages, story.go the rounds, command.go what runs and
// kills, state.go what an archive holds, check.go what must hold.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"time"
)

// options are the flags of the command.
type options struct {
	rounds    int
	seed      uint64
	bin, keep string
	verbose   bool
}

func main() {
	var o options
	flag.IntVar(&o.rounds, "rounds", 30, "how many kills must strike")
	flag.Uint64Var(&o.seed, "seed", 1, "of the moments, the commands and what is broken")
	flag.StringVar(&o.bin, "bin", "", "the program to kill; if not given it is built")
	flag.StringVar(&o.keep, "keep", "", "copy the archive of a failed round into this `FOLDER`")
	flag.BoolVar(&o.verbose, "v", false, "print each round")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "crash:", err)
		os.Exit(1)
	}
}

// roundsOfStory is how many rounds are done with one archive before it is
// compared with one that was never killed.
const roundsOfStory = 10

func run(ctx context.Context, o options, out io.Writer) (err error) {
	dir, err := os.MkdirTemp("", "dateline-crash-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if o.bin == "" {
		o.bin = filepath.Join(dir, "dateline")
		build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", o.bin, "./cmd/dateline")
		if text, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("build: %w\n%s", err, text)
		}
	}
	w, err := newWorld(ctx, filepath.Join(dir, "world"), o.bin)
	if err != nil {
		return fmt.Errorf("an archive that is never killed: %w", err)
	}
	n := counts{struck: map[string]int{}}
	begun := time.Now()
	for number := 0; n.kills < o.rounds; number++ {
		s := &story{
			world: w, bin: o.bin, n: &n, left: min(roundsOfStory, o.rounds-n.kills),
			r:   rand.New(rand.NewPCG(o.seed, uint64(number))),
			dir: filepath.Join(dir, "archive"), backup: filepath.Join(dir, "backup"), scratch: filepath.Join(dir, "scratch"),
		}
		if o.verbose {
			s.log = out
		}
		if err := s.run(ctx); err != nil {
			err = fmt.Errorf("seed %d, story %d: %s: %w", o.seed, number, s.told, err)
			if o.keep != "" {
				err = errors.Join(err, os.CopyFS(o.keep, os.DirFS(dir)))
			}
			return err
		}
		if err := errors.Join(os.RemoveAll(s.dir), os.RemoveAll(s.backup), os.RemoveAll(s.scratch)); err != nil {
			return err
		}
	}
	n.print(out, time.Since(begun))
	return nil
}

// counts are what the rounds have done.
type counts struct {
	kills, stories int            // kills that struck; archives compared with one that was never killed
	struck         map[string]int // kills by command
	early          int            // kills that came when the command had ended
	watched        int            // rounds in which a reader watched
	seen           int            // captures, articles, findings, groups and decisions that were acknowledged, over all stories
	restored       int            // backups restored
	broken         int            // things broken on purpose before verify -repair
	regrouped      int            // archives whose articles were grouped anew, with the same groups
}

func (n *counts) print(out io.Writer, took time.Duration) {
	fmt.Fprintf(out, "%d kills in %d stories, %v: nothing acknowledged lost, nothing twice, every archive equal to one never killed\n",
		n.kills, n.stories, took.Round(time.Second))
	names := make([]string, 0, len(n.struck))
	for name := range n.struck {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(out, "%6d of %s\n", n.struck[name], name)
	}
	fmt.Fprintf(out, "%6d more came after the command had ended\n%6d rounds were watched by a reader\n%6d records were acknowledged, and looked for after each kill\n%6d backups were restored\n%6d things were broken before verify -repair\n%6d archives had the same groups when grouped anew\n",
		n.early, n.watched, n.seen, n.restored, n.broken, n.regrouped)
}
