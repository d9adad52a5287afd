package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"dateline"
	"dateline/answer"
	"dateline/archive"
)

var storiesCommand = command{
	name:  "stories",
	args:  "[STORY]",
	short: "lists the stories that several reports tell, or shows one",
	long: `Stories lists the stories of the archive, the one with the newest article first:
how many independent reports and articles tell it, from which day to which, and
its most typical headline. Copies of a report count as articles, not as reports.

With the key of a story, or the key or address of an article of it, it shows that story: sentences
of its articles, whom they name, and each report with its copies, what these cut
and added, and why each is there.

    dateline stories
    dateline stories -least 5
    dateline stories a0123456789abcdef

-json prints the answer Stories or Story (doc/answers.md); doc/stories.md says how
articles are sorted.`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		asJSON := jsonFlag(fs, "print an object")
		least := fs.Int("least", 2, "list stories of at least `n` independent reports")
		since := fs.String("since", "", "list stories with articles published on this `day` or later, and count these")
		return func(ctx context.Context, s streams, args []string) error {
			if day := dateline.Date(*since); day != "" && day.Day() != *since {
				return usagef("%q is no day; write it as 2026-02-05", *since)
			}
			if len(args) > 1 || *least < 1 {
				return usagef("takes one story at most, and -least is 1 or more")
			}
			a, err := openForReading(ctx, s, dir())
			if err != nil {
				return err
			}
			if len(args) == 1 {
				return errors.Join(showStory(ctx, s.out, a, args[0], *asJSON), a.Close())
			}
			return errors.Join(listStories(ctx, s, a, *least, dateline.Date(*since), *asJSON), a.Close())
		}
	},
}

func listStories(ctx context.Context, s streams, a *archive.Archive, least int, since dateline.Date, asJSON bool) error {
	list, err := answer.NewStories(ctx, a, answer.StoriesOptions{Least: least, Since: since})
	if err != nil {
		return err
	}
	if asJSON {
		return printJSON(s.out, list)
	}
	if len(list.Stories) == 0 {
		fmt.Fprintln(s.err, noStory(least, since))
	}
	out := bufio.NewWriter(s.out)
	for _, s := range list.Stories {
		news := ""
		if s.New > 0 {
			news = fmt.Sprintf("(%d new)  ", s.New)
		}
		fmt.Fprintf(out, "%s  %s  %3d reports %3d articles  %s%s\n", s.Story, span(s.First, s.Last), s.Reports, s.Articles, news, oneLine(s.Name))
	}
	return out.Flush()
}

// noStory says that no story is told by so many reports, with an article of day since or later.
func noStory(least int, since dateline.Date) string {
	news, reports := "", "1 report"
	if since != "" {
		news = " and has an article since " + string(since)
	}
	if least > 1 {
		reports = fmt.Sprintf("%d independent reports", least)
		news += "; -least 1 lists what a single one tells"
	}
	return "no story is told by " + reports + news
}

// span prints the days from the first to the last.
func span(first, last dateline.Date) string {
	switch {
	case first == "":
		return "days not known       "
	case first == last:
		return fmt.Sprintf("%-22s", first)
	}
	return fmt.Sprintf("%s..%s", first, last)
}

func showStory(ctx context.Context, w io.Writer, a *archive.Archive, id string, asJSON bool) error {
	art, err := a.Find(ctx, id)
	switch {
	case err == nil:
		id = string(art.ID)
	case !errors.Is(err, dateline.ErrNotFound):
		return err
	}
	s, err := answer.NewStory(ctx, a, dateline.ArticleID(id))
	if err != nil {
		return err
	}
	if asJSON {
		return printJSON(w, s)
	}
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s\n%s  %d reports, %d articles\n\n", oneLine(s.Name), span(s.First, s.Last), s.Reports, s.Articles)
	for _, c := range s.Summary {
		fmt.Fprintf(out, "  %s\n    %s %s\n", oneLine(c.Text), oneLine(c.Of.Outlet()), c.Of.Published.Day())
	}
	for _, k := range []struct {
		what string
		list []answer.StoryName
	}{{"people", s.People}, {"organisations", s.Bodies}, {"places", s.Places}} {
		for i, n := range k.list {
			if i == 0 {
				fmt.Fprintf(out, "\n%s:", k.what)
			}
			fmt.Fprintf(out, " %s (%d)", oneLine(n.Name), n.Articles)
		}
	}
	fmt.Fprintln(out)
	for _, r := range s.List {
		printReport(out, r)
	}
	return out.Flush()
}

// printReport prints a report and its copies, a line each and what they changed.
func printReport(w io.Writer, r answer.StoryReport) {
	const most = 200 // bytes of what was added or cut
	fmt.Fprintf(w, "\n%s  %s  %s: %s\n", r.Of.Published.Day(), r.Of.Article, oneLine(r.Of.Outlet()), oneLine(r.Of.Headline))
	if r.Origin != nil {
		fmt.Fprintf(w, "    of %s: %s\n", oneLine(r.Origin.Name), r.Origin.Rule)
	}
	if r.Why != nil {
		fmt.Fprintf(w, "    like %s: %s\n", r.Why.To, r.Why.Rule)
	}
	if r.Update != nil {
		fmt.Fprintf(w, "    an update of %s: %s\n", r.Update.To, r.Update.Rule)
	}
	for _, c := range r.Copies {
		fmt.Fprintf(w, "    copy  %s  %s: %s", c.Of.Article, oneLine(c.Of.Outlet()), oneLine(c.Of.Headline))
		if c.Why != nil {
			fmt.Fprintf(w, "  (%s, %.0f %%)", c.Why.Rule, 100*c.Why.Inner)
		}
		fmt.Fprintln(w)
		for _, x := range c.Cut {
			fmt.Fprintf(w, "        - %s\n", clipped(oneLine(x), most))
		}
		for _, x := range c.Added {
			fmt.Fprintf(w, "        + %s\n", clipped(oneLine(x), most))
		}
	}
}
