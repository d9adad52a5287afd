package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"time"

	"dateline/acquire"
	"dateline/acquire/feed"
	"dateline/acquire/follow"
	"dateline/answer"
	"dateline/archive"
)

var followCommand = command{
	name:  "follow",
	args:  "[SOURCE…]",
	short: "asks feeds, sitemaps and sites for news, for as long as it runs",
	long: `Follow adds the sources to those of the archive and asks all of them, again and
again: a SOURCE is a feed (RSS, Atom, RDF, JSON Feed), a sitemap, or the address of
a site, whose feeds are found through its page, its robots.txt or the usual places.
Each article that they name is captured, and looked at again while it is young
(after 10 min, 1 h, 6 h, 1 d, 3 d and 10 d). "dateline sources" lists the sources
and how they are.

How often a source is asked is learnt from what it brings, within 2 minutes to a
week; one that fails is asked less and less, to once in 30 days, and never given
up. robots.txt is kept to (RFC 9309), and one gap is left between all requests to a
host. A challenge is named and never evaded. Links to other sites are not followed
unless -foreign says so.

    dateline follow https://www.harbourpost.example/
    dateline follow -opml subscriptions.opml
    dateline follow -once          # for cron: what is due now, then ends`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		var p following
		p.declare(fs)
		fs.BoolVar(&p.once, "once", false, "end when all that is due now is done")
		fs.BoolVar(&p.later, "later", false, "only capture; articles are made of it by the next command that adds without this")
		opml := fs.String("opml", "", "add the sources of an OPML `file`, too")
		maxBytes := maxBytesFlag(fs)
		key := keyFlag(fs)
		return func(ctx context.Context, s streams, args []string) error {
			if *opml != "" {
				text, err := readInput(s.in, *opml)
				if err != nil {
					return err
				}
				more, err := feed.ParseOPML(text)
				if err != nil {
					return fmt.Errorf("%s: %w", *opml, err)
				}
				args = append(args, more...)
			}
			p.maxBytes = *maxBytes
			signer, err := key()
			if err != nil {
				return err
			}
			a, err := openForWriting(ctx, s, dir(), archive.Options{MaxBytes: *maxBytes, Key: signer})
			if err != nil {
				return err
			}
			return errors.Join(p.run(ctx, s.err, a, args), a.Close())
		}
	},
}

// A following holds the values of the flags by which sources are followed.
type following struct {
	allow    *[]netip.Prefix
	agent    string
	gap      time.Duration
	foreign  bool
	once     bool
	later    bool
	maxBytes int64
}

func (p *following) declare(fs *flag.FlagSet) {
	p.allow = allowFlag(fs)
	fs.StringVar(&p.agent, "user-agent", "", "the User-Agent of requests, with a `contact`; if not given, Dateline/VERSION without one")
	fs.DurationVar(&p.gap, "gap", 5*time.Second, "least time between two requests to one host")
	fs.BoolVar(&p.foreign, "foreign", false, "follow links to other sites than that of the source, too")
}

// run adds sources to the archive and follows all of them until ctx ends, or, with
// once, until nothing is due.
func (p *following) run(ctx context.Context, w io.Writer, a *archive.Archive, sources []string) error {
	for _, address := range sources {
		if _, _, err := follow.Register(ctx, a.Sources(), address, "", ""); err != nil {
			return usageError{err}
		}
	}
	list, err := answer.NewSources(ctx, a.Sources())
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "following %d sources; Ctrl-C stops it\n", len(list.Sources))
	log := slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelWarn}))
	k := a.Keeper(context.WithoutCancel(ctx), archive.AddOptions{
		Later:      p.later,
		Bad:        func(err error) { log.Warn("page not stored", "err", err) },
		RunOptions: archive.RunOptions{Passed: func(err error) { log.Warn("page passed over", "err", err) }},
	})
	f := follow.New(follow.Options{
		Fetcher: &acquire.Fetcher{UserAgent: p.userAgent(), MaxBytes: p.maxBytes, Allow: *p.allow},
		Sources: a.Sources(), Leads: a.Leads(), Keep: k.Keep, Room: k.Room, Had: a.Had, Due: a.Due,
		Gap: p.gap, Foreign: p.foreign, Once: p.once, MaxBytes: p.maxBytes, Log: log,
	})
	err = f.Run(ctx)
	added, keepErr := k.Close()
	fmt.Fprintln(w, added)
	if errors.Is(err, context.Canceled) && !p.once {
		err = nil // the user has had enough
	}
	return errors.Join(err, keepErr)
}

// userAgent names the program, and who runs it if that is told.
func (p *following) userAgent() string {
	if p.agent != "" {
		return p.agent
	}
	return "Dateline/" + release()
}
