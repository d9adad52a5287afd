package main

import (
	"bufio"
	"context"
	"crypto/x509"
	"errors"
	"flag"
	"fmt"
	"strings"
	"time"

	"dateline"
	"dateline/answer"
	"dateline/archive"
)

var verifyCommand = command{
	name:  "verify",
	args:  "[URL|ID]",
	short: "checks that nothing in the archive is damaged or missing, and mends it",
	long: `Verify checks all that the archive holds: the digests of every WARC record; that
every capture has its record, and every record its capture; the manifests; the
checksum of every row of the logs; that no article, no findings and no group are
missing; that the index holds what the logs hold. It prints a line for each thing that
is wrong: in which file and at which byte, or in which log and under which key, and
which captures depend on it. Nothing is changed. Exit status 0: all is sound; 3:
something is not.

Interrupted, it says from where it can go on (-from).

With -repair it then makes again what can be made again: the database from its
sound rows and the WARC files, captures of records that the log does not name,
articles, findings, groups and the index. It names each row of the database that
cannot be made again: decisions and corrections of users, sources and alerts stand
nowhere else. What is left after that cannot be made again from what the
archive holds: add the pages again, or restore a backup. A damaged database is kept
beside the new one.

With an address or a key it says what is proved of that one capture, and what is
not: by its record, by the manifest that lists it, by a time stamp ("dateline help
seal").`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		var v verifying
		roots := rootsFlag(fs)
		asJSON := jsonFlag(fs, "print each thing that is wrong as a JSON object, one a line")
		fs.BoolVar(&v.repair, "repair", false, "make again what can be made again, then check")
		fs.StringVar(&v.from, "from", "", "go on from the `place` that an interrupted check has named")
		return func(ctx context.Context, s streams, args []string) error {
			v.dir, v.json = dir(), *asJSON
			var err error
			if v.roots, err = roots(); err != nil {
				return err
			}
			switch {
			case len(args) > 1:
				return usagef("takes one address or key, or none")
			case len(args) == 1 && (v.repair || v.from != ""):
				return usagef("-repair and -from are of the whole archive")
			case len(args) == 1:
				return v.prove(ctx, s, args[0])
			case v.repair:
				if err := inFolder(v.dir); err != nil {
					return err
				}
				if err := v.mend(ctx, s); err != nil {
					return err
				}
			}
			return v.check(ctx, s)
		}
	},
}

// A verifying holds the values of the flags of "dateline verify".
type verifying struct {
	dir, from    string
	repair, json bool
	roots        *x509.CertPool // of time-stamping authorities; nil are those of the system
	lost         int            // rows that -repair could not make again
}

// check prints what is wrong with the archive.
func (v *verifying) check(ctx context.Context, s streams) error {
	a, err := openForReading(ctx, s, v.dir)
	if errors.Is(err, archive.ErrDamaged) {
		f := archive.Flaw{Kind: archive.FlawDatabase, File: "archive.db", Reason: err.Error(), Repair: "the file is made again"}
		return errors.Join(v.print(s, f), v.conclude(s, 1, 1))
	}
	if err != nil {
		return err
	}
	p := newProgress(s.err)
	var at archive.Position
	flaws, repairable := 0, 0
	for f, e := range a.Verify(ctx, archive.VerifyOptions{From: archive.Position(v.from), Progress: func(n archive.Progress) {
		at = n.Position
		text := string(n.Step)
		if n.Total > 0 {
			text += fmt.Sprintf("   %d %%", 100*n.Done/n.Total)
		}
		p.say(text)
	}}) {
		if err = e; err != nil {
			break
		}
		flaws++
		if f.Repair != "" {
			repairable++
		}
		p.clear()
		if err = v.print(s, f); err != nil {
			break
		}
	}
	p.end()
	err = errors.Join(err, a.Close())
	if ctx.Err() != nil && at != "" {
		fmt.Fprintf(s.err, "%d flaws by then; go on with: dateline verify -from %s\n", flaws, at)
	}
	if err != nil {
		return err
	}
	return v.conclude(s, flaws, repairable)
}

// print prints a flaw.
func (v *verifying) print(s streams, f archive.Flaw) error {
	if v.json {
		return printJSON(s.out, answer.Flaw{Flaw: f})
	}
	_, err := fmt.Fprintln(s.out, oneLine(f.String()))
	return err
}

// conclude says how the check has ended.
func (v *verifying) conclude(s streams, flaws, repairable int) error {
	switch {
	case flaws == 0 && v.lost == 0:
		fmt.Fprintln(s.err, "sound")
		return nil
	case v.repair:
		fmt.Fprintf(s.err, "%d flaws left, which cannot be made again from what the archive holds\n", flaws+v.lost)
	default:
		fmt.Fprintf(s.err, "%d flaws; \"dateline verify -repair\" mends %d of them\n", flaws, repairable)
	}
	return errPartly
}

// mend makes again what can be made again.
func (v *verifying) mend(ctx context.Context, s streams) error {
	p := newProgress(s.err)
	say := func(text string) { p.message(s.err, "dateline verify: "+oneLine(text)) }
	did, err := archive.Repair(ctx, v.dir, archive.Options{Software: "dateline/" + release(), Notice: say, Done: p.add},
		archive.RunOptions{Done: p.add, Passed: func(err error) { say(err.Error()) }})
	p.end()
	if _, err = hinted(nil, err); err != nil {
		return err
	}
	for _, text := range did.Lost {
		fmt.Fprintln(s.err, oneLine(text))
	}
	v.lost = len(did.Lost)
	fmt.Fprintln(s.err, did)
	return nil
}

// prove says what is proved of one capture.
func (v *verifying) prove(ctx context.Context, s streams, ref string) error {
	a, err := openForReading(ctx, s, v.dir)
	if err != nil {
		return err
	}
	p, err := a.Prove(ctx, ref, v.roots)
	if err = errors.Join(err, a.Close()); err != nil {
		if errors.Is(err, dateline.ErrNotFound) {
			err = fmt.Errorf("the archive has no %s; \"dateline search\" prints addresses and keys", ref)
		}
		return err
	}
	if v.json {
		err = printJSON(s.out, answer.Proof{Proof: p})
	} else {
		err = printProof(s, p)
	}
	if err == nil && p.Trouble != "" {
		err = errPartly
	}
	return err
}

// printProof says in words what is proved.
func printProof(s streams, p *archive.Proof) error {
	c := p.Capture
	out := bufio.NewWriter(s.out)
	fmt.Fprintf(out, "The capture %s is of %s", c.ID, oneLine(c.URL))
	if p.Headline != "" {
		fmt.Fprintf(out, " (%q)", oneLine(p.Headline))
	}
	fmt.Fprintln(out, ".")
	if c.Fetched.IsZero() {
		fmt.Fprintln(out, "When it was fetched is not known: it was saved without its time.")
	} else {
		fmt.Fprintf(out, "It was fetched at %s, says who fetched it, by their own clock.\n", c.Fetched.UTC().Format(time.RFC3339Nano))
	}
	fmt.Fprintf(out, "Its record is in %s at byte %d", c.File, c.Offset)
	if p.Trouble != "" {
		fmt.Fprintf(out, ".\nNothing is proved: %s.\n", oneLine(p.Trouble))
		return out.Flush()
	}
	fmt.Fprintf(out, ", is whole, and bears the ID that follows from address, time and payload: %s.\n", p.RecordID)
	fmt.Fprintf(out, "The bytes of its block have the digest that the record prints: %s.\n", p.Block)
	if h := p.Holder; h != nil {
		fmt.Fprintf(out, "The page was the same, byte by byte, as that of the capture %s, in %s at byte %d.\n", h.ID, h.File, h.Offset)
	}
	fmt.Fprintf(out, "The page is %d bytes long and has the digest that was taken when it was captured: %s.\n", c.Length, c.Payload)
	if c.Err != "" {
		fmt.Fprintf(out, "It was not received whole: %s.\n", oneLine(c.Err))
	}
	var at strings.Builder
	printTime(&at, p)
	out.WriteString(at.String())
	return out.Flush()
}
