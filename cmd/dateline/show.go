package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"dateline"
	"dateline/answer"
	"dateline/archive"
	"dateline/extract"
	"dateline/relate/version"
)

var showCommand = command{
	name:  "show",
	args:  "URL|ID",
	short: "prints one article of the archive, or its raw capture",
	long: `Show prints the newest version of an article with the evidence for each field,
and who says what in it: by its address, as requested or canonical, by its key,
or, for one version, by the key of its capture. With -raw it writes the body of
the capture exactly as it was received, and nothing else; with -versions it lists
the versions of the article, the newest first, and what changed in each. With
-explain it says why the version is read as it is, as "dateline extract -explain"
and "dateline understand -explain" do. With -json it prints an object: the record,
the versions and the statements, those that are less certain with -all; or the
reasons (doc/answers.md).`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		var p showing
		fs.BoolVar(&p.json, "json", false, "print the article, or its versions, as JSON")
		fs.BoolVar(&p.versions, "versions", false, "list the versions of the article")
		fs.BoolVar(&p.explain, "explain", false, "say why the article is read as it is")
		fs.BoolVar(&p.all, "all", false, "less certain statements, too")
		fs.BoolVar(&p.raw, "raw", false, "write the captured body, byte by byte")
		return func(ctx context.Context, s streams, args []string) error {
			if len(args) != 1 {
				return usagef("needs one address or key")
			}
			a, err := openForReading(ctx, s, dir())
			if err != nil {
				return err
			}
			return errors.Join(show(ctx, s.out, a, args[0], p), a.Close())
		}
	},
}

// showing is what is shown of an article, and how.
type showing struct{ json, versions, explain, all, raw bool }

func show(ctx context.Context, w io.Writer, a *archive.Archive, ref string, p showing) error {
	art, err := a.Find(ctx, ref)
	if errors.Is(err, dateline.ErrNotFound) {
		return fmt.Errorf("the archive has no %s; \"dateline search\" prints addresses and keys", ref)
	}
	if err != nil {
		return err
	}
	if p.raw {
		return writePayload(ctx, w, a, art.Capture)
	}
	if p.explain {
		return showWhy(ctx, w, a, art, p.json)
	}
	if p.versions {
		return showVersions(ctx, w, a, string(art.Capture), p.json)
	}
	shown, err := answer.NewArticle(ctx, a, art.ID, answer.ArticleOptions{Capture: art.Capture, All: p.all})
	if err != nil {
		return err
	}
	if p.json {
		return printJSON(w, shown)
	}
	c, err := a.Capture(ctx, art.Capture)
	if err != nil {
		return err
	}
	return printArticle(w, shown, c)
}

// writePayload writes what was captured, byte by byte.
func writePayload(ctx context.Context, w io.Writer, a *archive.Archive, id dateline.CaptureID) error {
	c, err := a.Capture(ctx, id)
	if err != nil {
		return err
	}
	rec, err := a.Record(ctx, c)
	if err != nil {
		return err
	}
	_, err = w.Write(rec.Payload)
	return err
}

// showWhy prints why a version is read as it is.
func showWhy(ctx context.Context, w io.Writer, a *archive.Archive, art *dateline.Article, asJSON bool) error {
	why, err := answer.NewWhy(ctx, a, art.ID, art.Capture)
	if err != nil {
		return err
	}
	if asJSON {
		return printJSON(w, why)
	}
	out := bufio.NewWriter(w)
	for _, trouble := range why.Trouble {
		fmt.Fprintln(out, oneLine(trouble))
	}
	if len(why.Changed) > 0 {
		fmt.Fprintf(out, "another version of the program made the record: read anew, the page gives something else for %s; \"dateline rebuild extract\" brings it up to date\n", strings.Join(why.Changed, ", "))
	}
	out.Write(explanationText(nil, &extract.Explanation{Article: art, Fields: why.Fields, Blocks: why.Blocks}))
	writeReasons(out, art, why.Findings)
	return out.Flush()
}

// showVersions lists the versions of an article, a line each.
func showVersions(ctx context.Context, w io.Writer, a *archive.Archive, ref string, asJSON bool) error {
	list, err := answer.NewVersions(ctx, a, ref)
	if err != nil {
		return err
	}
	if asJSON {
		return printJSON(w, list)
	}
	for _, v := range list.Versions {
		what := ""
		switch {
		case v.Skip != "":
			what = "no article: " + v.Skip
		case v.Verdict == version.Cut:
			what = "shown in part"
		case v.First:
			what = "the first"
		case v.Again:
			what = fmt.Sprintf("version %d again", v.Number)
		case v.Verdict == version.Changed, v.Verdict == version.Replaced:
			what = fmt.Sprintf("version %d, %s: %s", v.Number, v.Verdict, strings.Join(v.Changed, ", "))
		case len(v.Changed) > 0:
			what = "nothing changed but the time"
		case v.Verdict != "":
			what = "nothing changed"
		}
		if v.Added > 0 || v.Removed > 0 {
			what += fmt.Sprintf(" (%d added, %d removed)", v.Added, v.Removed)
		}
		if _, err := fmt.Fprintf(w, "%-20s  %s  %s\n", cmp.Or(v.Fetched, "time not known"), v.Capture, oneLine(what)); err != nil {
			return err
		}
	}
	return nil
}

// printArticle prints an article for reading: the fields with their evidence,
// the text, who says what in it, the capture it rests on.
func printArticle(w io.Writer, shown *answer.Article, c *dateline.Capture) error {
	a := shown.Record.Article
	out := bufio.NewWriter(w)
	field := func(name, key, value string) {
		if value == "" {
			return
		}
		fmt.Fprintf(out, "%-10s %s", name, oneLine(value))
		if e := a.Evidence[key]; e != "" {
			fmt.Fprintf(out, "   [%s]", oneLine(e))
		}
		fmt.Fprintln(out)
	}
	field("headline", "headline", a.Headline)
	field("deck", "deck", a.Deck)
	field("by", "bylines", strings.Join(a.Bylines, "; "))
	field("published", "published", string(a.Published))
	field("modified", "modified", string(a.Modified))
	field("dateline", "dateline", strings.Trim(a.Dateline.Place+" ("+a.Dateline.Agency+")", " ()"))
	field("publisher", "publisher", strings.TrimSpace(a.Publisher.Name+" "+a.Publisher.Site))
	field("section", "section", a.Section)
	field("tags", "tags", strings.Join(a.Tags, "; "))
	field("language", "lang", a.Lang)
	field("address", "canonical", a.Canonical)
	for _, u := range a.Uses {
		field("use", "", u.Says+"   ["+u.From+"]")
	}
	field("skip", "skip", a.Skip)
	if a.Text != "" {
		fmt.Fprintln(out)
		for block := range strings.SplitSeq(a.Text, "\n\n") {
			fmt.Fprintln(out, strings.Join(printable(block), "\n")+"\n")
		}
	}
	for _, st := range shown.Statements {
		fmt.Fprintf(out, "#%-3d %s\n", st.N, oneLine(nameAndWords(st)))
	}
	if len(shown.Statements) > 0 {
		fmt.Fprintln(out)
	}
	fmt.Fprintf(out, "article %s, capture %s", a.ID, a.Capture)
	if versions := len(shown.Versions); versions > 1 {
		fmt.Fprintf(out, ", %d versions", versions)
	}
	fmt.Fprintf(out, "\n%s, %d bytes, in %s at byte %d", c.Payload, c.Length, c.File, c.Offset)
	if !c.Fetched.IsZero() {
		fmt.Fprintf(out, ", captured %s", a.Fetched)
	}
	fmt.Fprintln(out)
	return out.Flush()
}

// printable returns the lines of s, each fit for a terminal.
func printable(s string) []string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = oneLine(lines[i])
	}
	return lines
}
