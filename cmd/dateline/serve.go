package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"dateline/archive"
	"dateline/surface/web"
)

var serveCommand = command{
	name:  "serve",
	short: "shows the archive in a browser",
	long: `Serve shows the archive as pages: the newest articles, search, each article with
the evidence for every field, and the captures. Each page has a JSON twin:
/search?q=ferry is also /search.json?q=ferry. Ctrl-C stops it.

On an address that others than this machine can reach it wants a password, and
asks readers for it (HTTP Basic, any user name). The password and the pages are
sent as they are: put a proxy that speaks HTTPS in front where others can listen.
A request under a name that is not the server's is refused; -host gives it one.

-follow follows the sources of the archive meanwhile, as "dateline follow" does.`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		listen := serveFlags(fs, false)
		follows := fs.Bool("follow", false, "follow the sources of the archive meanwhile")
		var p following
		p.declare(fs)
		key := keyFlag(fs)
		return func(ctx context.Context, s streams, args []string) error {
			if len(args) > 0 {
				return usagef("takes no arguments; -archive names the archive")
			}
			if *follows {
				signer, err := key()
				if err != nil {
					return err
				}
				a, err := openForWriting(ctx, s, dir(), archive.Options{Key: signer})
				if err != nil {
					return err
				}
				return errors.Join(serveAndFollow(ctx, s, a, listen, &p), a.Close())
			}
			a, err := openForReading(ctx, s, dir())
			if err != nil {
				return err
			}
			return errors.Join(serve(ctx, s, a, listen), a.Close())
		}
	},
}

// serving says where the archive is served.
type serving struct {
	addr     string
	hosts    []string
	origins  []string
	password string // the file that holds it
	open     bool
}

// serveFlags declares the flags of commands that serve.
func serveFlags(fs *flag.FlagSet, open bool) *serving {
	o := &serving{}
	fs.StringVar(&o.addr, "addr", "127.0.0.1:8310", "the `address` to listen on; port 0 takes a free one")
	fs.Func("host", "a `name` under which the archive is asked for besides localhost and, beyond this machine, its IP addresses; several with commas, or the flag again", func(list string) error {
		for name := range strings.SplitSeq(list, ",") {
			if name = strings.TrimSpace(name); name == "" || strings.ContainsAny(name, "/: ") {
				return fmt.Errorf("%q is not the name of a host", name)
			}
			o.hosts = append(o.hosts, name)
		}
		return nil
	})
	fs.Func("cors", "an `origin`, such as https://tool.example, whose scripts may read the JSON twins in a browser; several with commas, or the flag again", func(list string) error {
		for name := range strings.SplitSeq(list, ",") {
			u, err := url.Parse(strings.TrimSpace(name))
			if err != nil || u.Host == "" || u.Scheme+"://"+u.Host != strings.TrimSpace(name) {
				return fmt.Errorf("%q is no origin, such as https://tool.example", name)
			}
			o.origins = append(o.origins, strings.TrimSpace(name))
		}
		return nil
	})
	fs.StringVar(&o.password, "password-file", "", "the `file` whose first line is the password that readers must give, of 12 characters at least; needed to listen on an address that others than this machine can reach")
	fs.BoolVar(&o.open, "open", open, "open the page in a browser")
	return o
}

// serve serves the archive until ctx ends.
func serve(ctx context.Context, s streams, a *archive.Archive, o *serving) error {
	password := ""
	if o.password != "" {
		var err error
		if password, err = readPassword(o.password); err != nil {
			return err
		}
	}
	l, err := net.Listen("tcp", o.addr)
	if err != nil {
		return fmt.Errorf("%w; -addr 127.0.0.1:0 takes a free port", err)
	}
	if password == "" && !isLoopback(l.Addr()) {
		return errors.Join(usagef("others than this machine can reach %s: -password-file names the file with the password that they must give", o.addr), l.Close())
	}
	address := "http://" + openable(l.Addr()) + "/"
	fmt.Fprintln(s.out, address)
	fmt.Fprintln(s.err, "Ctrl-C stops it.")
	if o.open {
		openBrowser(ctx, address)
	}
	log := slog.New(slog.NewTextHandler(s.err, nil))
	pages := web.New(a, web.Options{Log: log, Hosts: o.hosts, Addresses: !isLoopback(l.Addr()), Password: password, Origins: o.origins, MCP: protocol(a, log), Version: release()})
	return (&web.Server{Handler: pages, Log: log}).Serve(ctx, l)
}

// serveAndFollow serves the archive and follows its sources, until ctx ends or one
// of them fails.
func serveAndFollow(ctx context.Context, s streams, a *archive.Archive, o *serving, p *following) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return serve(ctx, s, a, o) })
	g.Go(func() error { return p.run(ctx, s.err, a, nil) })
	return g.Wait()
}

func isLoopback(a net.Addr) bool {
	tcp, ok := a.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// openable is the address at which a browser on this machine finds the server:
// one that listens on all addresses is also at localhost.
func openable(a net.Addr) string {
	if tcp, ok := a.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		return net.JoinHostPort("localhost", strconv.Itoa(tcp.Port))
	}
	return a.String()
}

// leastPassword is the least length of a password. Ten guesses a minute are
// looked at (package web), from each of as many addresses as somebody has.
const leastPassword = 12

// readPassword returns the first line of a file.
func readPassword(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, 4096))
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(string(b), "\n")
	line = strings.TrimSuffix(line, "\r")
	if n := utf8.RuneCountInString(line); n < leastPassword {
		return "", fmt.Errorf("%s: the password on its first line has %d characters; it must have %d at least", name, n, leastPassword)
	}
	return line, nil
}

// openBrowser asks the desktop to show address; a machine without one shows
// nothing, and the address is printed anyway.
func openBrowser(ctx context.Context, address string) {
	var c *exec.Cmd
	switch runtime.GOOS {
	case "darwin":
		c = exec.CommandContext(ctx, "open", address)
	case "windows":
		c = exec.CommandContext(ctx, "rundll32", "url.dll,FileProtocolHandler", address)
	default:
		c = exec.CommandContext(ctx, "xdg-open", address)
	}
	if c.Start() == nil {
		go c.Wait() //nolint:errcheck // the browser's end is its own affair
	}
}
