package main

import (
	"context"
	"flag"
	"iter"

	"dateline"
	"dateline/relate/story"
)

var groupCommand = command{
	name:  "group",
	args:  "< RECORDS",
	short: "tells which records read from standard input are copies of one report, or one story",
	long: `Group reads records, one JSON object a line, from standard input, in the
order in which they came in, and prints each with the group that it is of:

  -by copy    "copy": the key of the first article of the same report, be it
              another edition, a cut, a reprint or a write-through of it
  -by event   "event": the key of the first article of the same event, which
              lasts for days
  -by story   "story": the key of the first article of the same story, which
              may go on for months

What it says of a record depends on the records before it alone, so that it can
read a stream that never ends. Keys that it does not know come out again, and so
does their order. A line that is no record is reported with its number, and the
rest goes on.

With -why it adds "why" as well: the article that the record is most like, the
rule that joined or parted them, and how much of their texts is the same or how
well the record fits the story.`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		by := fs.String("by", "copy", "`what` to group by: copy, event or story")
		why := fs.Bool("why", false, "add why each record is in its group")
		return func(ctx context.Context, s streams, args []string) error {
			if len(args) > 0 {
				return usagef("takes no arguments: it reads records from standard input")
			}
			var group func(*dateline.Article) (key string, why any)
			switch *by {
			case "copy":
				copies := story.NewCopies()
				group = func(a *dateline.Article) (string, any) {
					c := copies.Add(a)
					return string(c.Report), c
				}
			case "event", "story":
				stories := story.NewStories()
				group = func(a *dateline.Article) (string, any) {
					m := stories.Add(a)
					if *by == "event" {
						return string(m.Event), m
					}
					return string(m.Story), m
				}
			default:
				return usagef("-by %s: it is copy, event or story", *by)
			}
			return printRecords(ctx, s, "group", inOrder(lines(ctx, s.in), func(l line) ([]byte, error) {
				a, err := l.article()
				if err != nil {
					return nil, err
				}
				key, reason := group(a)
				rec, err := setKey(l.text, *by, key)
				if err == nil && *why {
					rec, err = setKey(rec, "why", reason)
				}
				return rec, err
			}))
		}
	},
}

// inOrder makes something of each line, one after another.
func inOrder(all iter.Seq2[line, error], do func(line) ([]byte, error)) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for l, err := range all {
			var rec []byte
			if err == nil {
				rec, err = do(l)
			}
			if err != nil {
				rec = nil
			}
			if !yield(rec, err) {
				return
			}
		}
	}
}
