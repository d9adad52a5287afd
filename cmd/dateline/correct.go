package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"dateline"
	"dateline/answer"
	"dateline/archive"
)

var correctCommand = command{
	name:  "correct",
	args:  "[ARTICLE FIELD VALUE…] | [ARTICLE#N speaker NAME]",
	short: "sets a field of an article or the speaker of a statement right; without arguments lists what was set right",
	long: `Correct sets right what was read wrong: a FIELD of the record of an article (` + strings.Join(dateline.CorrectableFields, ", ") + `)
or who makes a statement, by the number that "dateline statements" prints. No VALUE, or
no NAME, says that there is none. bylines and tags take several.

It is kept with who decided it and when, applied whenever the article is read anew, and
taken back by -undo. It holds for the page on which the fault was seen, and for every
version of the article that has the same fault. The evidence of such a field is
user/correction. Without arguments Correct lists what holds, as the commands that make
it again or, with -json, as objects.

    dateline correct a0123456789abcdef bylines "Ada Lund" "Ben Ossa"
    dateline correct a0123456789abcdef#3 speaker "Vera Lind"
    dateline correct -undo a0123456789abcdef bylines`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		asJSON := jsonFlag(fs, "print corrections as JSON, one a line")
		undo := fs.Bool("undo", false, "take it back")
		why := fs.String("why", "", "the `reason`, which is kept")
		words := fs.String("words", "", "the statement, by its `words`, in place of its number")
		by := byFlag(fs, "it is noted")
		return func(ctx context.Context, s streams, args []string) error {
			if len(args) == 1 || *undo && len(args) != 2 {
				return usagef("needs an ARTICLE, a FIELD and its values (with -undo no values), or nothing to list what was set right")
			}
			if len(args) == 0 {
				return listCorrections(ctx, s, dir(), false, *asJSON)
			}
			who := by()
			return correcting(ctx, s, dir(), *asJSON, func(a *archive.Archive) ([]dateline.Correction, error) {
				ref, number, err := correctable(ctx, a, args[0], args[1], *words)
				if err != nil {
					return nil, err
				}
				var c dateline.Correction
				switch {
				case *undo:
					c, err = undone(ctx, a, ref, args[1], number, who)
				case args[1] == "speaker" && len(args) > 3:
					err = usagef("a statement has one speaker")
				case args[1] == "speaker":
					c, err = a.CorrectSpeaker(ctx, ref, number, strings.Join(args[2:], ""), *why, who)
				default:
					c, err = a.CorrectField(ctx, ref, args[1], args[2:], *why, who)
				}
				return []dateline.Correction{c}, err
			})
		}
	},
}

var withdrawCommand = command{
	name:  "withdraw",
	args:  "[CAPTURE|ARTICLE…]",
	short: "hides captures from every surface, for a reason; without arguments lists what is hidden",
	long: `Withdraw hides a capture, or all captures of an article, by key or address: no search
finds it, no page, export or answer shows its text or its bytes. The reason is shown in
their place, and kept with who gave it and when. Nothing is deleted: -undo shows it
again. A later capture of the address is not hidden. "dateline backup" copies what is
hidden, too.

    dateline withdraw -why "names a minor" https://news.example/story
    dateline withdraw -undo c0123456789abcdef`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		asJSON := jsonFlag(fs, "print withdrawals as JSON, one a line")
		undo := fs.Bool("undo", false, "show it again")
		why := fs.String("why", "", "the `reason`, which is shown")
		by := byFlag(fs, "it is noted")
		return func(ctx context.Context, s streams, args []string) error {
			if len(args) == 0 {
				return listCorrections(ctx, s, dir(), true, *asJSON)
			}
			if strings.TrimSpace(*why) == "" && !*undo {
				return usagef("-why says for what reason")
			}
			who := by()
			return correcting(ctx, s, dir(), *asJSON, func(a *archive.Archive) (list []dateline.Correction, err error) {
				for _, ref := range args {
					var more []dateline.Correction
					if *undo {
						more, err = a.Restore(ctx, ref, who)
					} else {
						more, err = a.Withdraw(ctx, ref, *why, who)
					}
					if list = append(list, more...); err != nil {
						return list, err
					}
				}
				return list, nil
			})
		}
	},
}

// correctable reads what is to be corrected: an article, or a statement of it by its number
// or its words.
func correctable(ctx context.Context, a *archive.Archive, ref, field, words string) (article string, number int, err error) {
	if field != "speaker" {
		return ref, 0, nil
	}
	if words == "" {
		r, err := findStatement(ctx, a, ref)
		if err != nil {
			return "", 0, err
		}
		return string(r.Article.Capture), r.N, nil
	}
	art, err := a.Find(ctx, ref)
	if err != nil {
		return "", 0, err
	}
	f, err := a.Findings(ctx, art.Capture)
	if err != nil {
		return "", 0, err
	}
	for i := range f.Statements {
		if f.Statements[i].Said(art) == words {
			return string(art.Capture), i + 1, nil
		}
	}
	return "", 0, fmt.Errorf("%s has no statement with the words %q", ref, words)
}

// undone takes a correction back.
func undone(ctx context.Context, a *archive.Archive, ref, field string, number int, by string) (c dateline.Correction, err error) {
	art, err := a.Find(ctx, ref)
	if err != nil {
		return c, err
	}
	c = dateline.Correction{Kind: dateline.CorrectField, Article: art.ID, Field: field}
	if field == "speaker" {
		f, err := a.Findings(ctx, art.Capture)
		if err != nil {
			return c, err
		}
		c = dateline.Correction{Kind: dateline.CorrectSpeaker, Article: art.ID, Words: f.Statements[number-1].Said(art)}
	}
	c, err = a.Undo(ctx, c.Key(), by)
	if errors.Is(err, dateline.ErrNotFound) {
		err = fmt.Errorf("nothing of that was corrected; \"dateline correct\" lists what was")
	}
	return c, err
}

// correcting opens the archive, does something, and lets it take effect.
func correcting(ctx context.Context, s streams, dir string, asJSON bool, do func(*archive.Archive) ([]dateline.Correction, error)) error {
	a, err := openForWriting(ctx, s, dir, archive.Options{Aside: true})
	if err != nil {
		return err
	}
	list, err := do(a)
	if choice := (*archive.ChoiceError)(nil); errors.As(err, &choice) {
		err = usageError{err}
	}
	if errors.Is(err, dateline.ErrNotFound) {
		err = fmt.Errorf("%w; \"dateline search\" prints addresses and keys", err)
	}
	if err == nil {
		if err = a.Settle(ctx); errors.Is(err, archive.ErrLater) {
			_, err = fmt.Fprintln(s.err, err)
		}
	}
	for _, c := range list {
		if err == nil {
			err = printCorrection(s.out, c, asJSON)
		}
	}
	return errors.Join(err, a.Close())
}

// listCorrections lists what was hidden, or else what was set right.
func listCorrections(ctx context.Context, s streams, dir string, hidden, asJSON bool) error {
	a, err := openForReading(ctx, s, dir)
	if err != nil {
		return err
	}
	list, err := a.Corrections(ctx)
	n := 0
	for _, c := range list {
		if err == nil && (c.Kind == dateline.Withdrawal) == hidden {
			err = printCorrection(s.out, c, asJSON)
			n++
		}
	}
	if n == 0 && err == nil {
		_, err = fmt.Fprintln(s.err, "nothing was set right by hand or hidden here")
	}
	return errors.Join(err, a.Close())
}

// printCorrection prints a correction as the command that makes it again, or as an object.
func printCorrection(w io.Writer, c dateline.Correction, asJSON bool) error {
	if asJSON {
		return printJSON(w, answer.NewCorrection(c))
	}
	flags := ""
	switch {
	case c.Undone:
		flags = "-undo "
	case c.Why != "":
		flags = "-why " + quoted(c.Why) + " "
	}
	line := fmt.Sprintf("dateline correct %s%s %s", flags, c.Article, c.Field)
	switch c.Kind {
	case dateline.Withdrawal:
		line = fmt.Sprintf("dateline withdraw %s%s", flags, c.Capture)
	case dateline.CorrectSpeaker:
		line = fmt.Sprintf("dateline correct %s-words %s %s speaker", flags, quoted(c.Words), c.Article)
	}
	for _, v := range c.Value {
		if !c.Undone {
			line += " " + quoted(v)
		}
	}
	_, err := fmt.Fprintf(w, "%s  # %s\n", line, oneLine(strings.TrimSpace(c.By+" "+c.At)))
	return err
}
