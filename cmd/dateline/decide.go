package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os/user"
	"regexp"
	"strings"

	"dateline"
	"dateline/answer"
	"dateline/archive"
	"dateline/relate/speaker"
)

const refHelp = `A and B are names ("Ana Lima"), names in one article (Ana Lima@ARTICLE), or
statements (ARTICLE#N), which stand for their speaker in that article. The
decision is kept with the archive whatever is rebuilt;`

const groupHelp = `New articles are sorted by the decision, too, and
"dateline rebuild group" keeps it; what the program itself found is kept beside it, and
counts again once the decision is taken back. Who decided and when is noted.`

var sameCommand = command{
	name:  "same",
	args:  "[A B]",
	short: "decides that two speakers, stories or reports are one; without arguments lists decisions",
	long: `Same decides that two speakers are one person or body, where the archive shows
them apart: it joins names across articles only if they are full names, equal,
and a role, a tag or another name agrees.

` + refHelp + `
"dateline differ A B" takes it back. Without arguments it lists all decisions,
as the commands that make them again or, with -json, as objects.

    dateline same Kremlin "the Kremlin"
    dateline same a0123456789abcdef#2 afedcba9876543210#5

With -story A and B are articles or stories, by key or address: their stories are
one from now on, under the name of the older. With -copy they print one report.
` + groupHelp + `

    dateline same -story a0123456789abcdef afedcba9876543210`,
	declare: decide(dateline.Same),
}

var differCommand = command{
	name:  "differ",
	args:  "[A B]",
	short: "decides that two speakers, stories or reports are not one; without arguments lists decisions",
	long: `Differ decides that two speakers are not one person or body, where the archive
shows them as one. With the same name twice it keeps apart all who bear it.

` + refHelp + `
"dateline same A B" takes it back. Without arguments it lists all decisions, as
the commands that make them again.

    dateline differ "Ana Lima@a0123456789abcdef" "Ana Lima"

With -story the article A, with all that print its report, is of another story than
B: it gets one of its own, and "dateline same -story" moves it from there. With -copy
A is no copy of what B prints. ` + groupHelp + `

    dateline differ -story a0123456789abcdef afedcba9876543210`,
	declare: decide(dateline.Differ),
}

func decide(v dateline.Verdict) func(*flag.FlagSet) func(context.Context, streams, []string) error {
	return func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		asJSON := jsonFlag(fs, "print decisions as JSON, one a line")
		stories := fs.Bool("story", false, "decide about the stories of two articles")
		copies := fs.Bool("copy", false, "decide whether two articles print one report")
		by := byFlag(fs, "a decision is noted")
		return func(ctx context.Context, s streams, args []string) error {
			if len(args) != 0 && len(args) != 2 || *stories && *copies {
				return usagef("needs two speakers (two articles with -story or -copy), or nothing to list the decisions")
			}
			if len(args) == 0 {
				a, err := openForReading(ctx, s, dir())
				if err != nil {
					return err
				}
				return errors.Join(listDecisions(ctx, s, a, *asJSON), a.Close())
			}
			a, err := openForWriting(ctx, s, dir(), archive.Options{Existing: true})
			if err != nil {
				return err
			}
			level := dateline.Level("")
			switch {
			case *stories:
				level = dateline.StoryLevel
			case *copies:
				level = dateline.ReportLevel
			}
			if level != "" {
				return errors.Join(putGroupDecision(ctx, s.out, a, level, [2]string(args), v, by(), *asJSON), a.Close())
			}
			return errors.Join(putDecision(ctx, s.out, a, [2]string(args), v, by(), *asJSON), a.Close())
		}
	}
}

// byFlag declares -by; the function returns the name that it gives or, without one, that
// of the user of this machine. noted says what is noted under it.
func byFlag(fs *flag.FlagSet, noted string) func() string {
	by := fs.String("by", "", "the `name` under which "+noted+" (default that of the user of this machine)")
	return func() string { return cmp.Or(*by, userName()) }
}

// userName returns the name of the user of this machine; "" if it has none.
func userName() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	return u.Username
}

// putGroupDecision keeps what a user decides of two articles.
func putGroupDecision(ctx context.Context, w io.Writer, a *archive.Archive, level dateline.Level, refs [2]string, v dateline.Verdict, by string, asJSON bool) error {
	d, undone, err := a.DecideGroups(ctx, level, refs, v, by)
	if errors.Is(err, archive.ErrAlready) {
		_, err := fmt.Fprintf(w, "so it is already: %s and %s\n", d.A.Article, d.B.Article)
		return err
	}
	return printed(w, d, undone, asJSON, fmt.Sprintf("what the program finds counts again for %s and %s", d.A.Article, d.B.Article), err)
}

// printed prints a decision that is kept; of one that takes another one back, what counts
// again.
func printed(w io.Writer, d dateline.Decision, undone, asJSON bool, again string, err error) error {
	if choice := (*archive.ChoiceError)(nil); errors.As(err, &choice) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	if asJSON {
		shown := answer.NewDecision(d)
		shown.Undone = undone
		return printJSON(w, shown)
	}
	if undone {
		_, err := fmt.Fprintln(w, "taken back; "+again)
		return err
	}
	return printDecision(w, d, false)
}

func listDecisions(ctx context.Context, s streams, a *archive.Archive, asJSON bool) error {
	list, err := a.Decisions(ctx)
	if err != nil {
		return err
	}
	groups, err := a.GroupDecisions(ctx)
	list = append(list, groups...)
	if err == nil && len(list) == 0 && !asJSON {
		_, err = fmt.Fprintln(s.err, "nothing is decided; \"dateline same A B\" and \"dateline differ A B\" decide")
	}
	for _, d := range list {
		if err := printDecision(s.out, d, asJSON); err != nil {
			return err
		}
	}
	return err
}

// printDecision prints a decision as the command that makes it again, or as an
// object.
func printDecision(w io.Writer, d dateline.Decision, asJSON bool) error {
	if asJSON {
		return printJSON(w, answer.NewDecision(d))
	}
	_, err := fmt.Fprintln(w, decisionLine(d))
	return err
}

// decisionLine is a decision as the command that makes it again.
func decisionLine(d dateline.Decision) string {
	line := fmt.Sprintf("dateline %s %s %s", d.Verdict, quoted(d.A.String()), quoted(d.B.String()))
	if d.About != "" {
		line = fmt.Sprintf("dateline %s -%s %s %s", d.Verdict, d.About, d.A, d.B)
	}
	if d.By != "" || d.At != "" {
		line += "  # " + oneLine(strings.TrimSpace(d.By+" "+d.At))
	}
	return line
}

// quoted is a text as a shell takes it for one word.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`, "`", "\\`").Replace(oneLine(s)) + `"`
}

func putDecision(ctx context.Context, w io.Writer, a *archive.Archive, refs [2]string, v dateline.Verdict, by string, asJSON bool) error {
	x, err := parseRef(ctx, a, refs[0])
	if err != nil {
		return err
	}
	y, err := parseRef(ctx, a, refs[1])
	if err != nil {
		return err
	}
	d, undone, err := a.DecideSpeakers(ctx, x, y, v, by)
	return printed(w, d, undone, asJSON, fmt.Sprintf("what the articles suggest counts again for %s and %s", quoted(d.A.String()), quoted(d.B.String())), err)
}

var statementRef = regexp.MustCompile(`^[ac][0-9a-v]{16}#[0-9]+$`)

// parseRef reads a reference to speakers, who have to be in the archive.
func parseRef(ctx context.Context, a *archive.Archive, s string) (dateline.SpeakerRef, error) {
	if statementRef.MatchString(s) {
		r, err := findStatement(ctx, a, s)
		if err == nil && speaker.Key(r.Name()) == "" {
			err = fmt.Errorf("statement %s names no speaker", s)
		}
		if err != nil {
			return dateline.SpeakerRef{}, err
		}
		return dateline.SpeakerRef{Name: r.Name(), Article: r.Article.ID}, nil
	}
	return dateline.ParseSpeakerRef(s), nil
}
