package main

import (
	"context"
	"crypto/tls"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"dateline"
	"dateline/account"
	"dateline/archive"
	"dateline/surface/alert"
	"dateline/surface/web"
)

var serveCommand = command{
	name:  "serve",
	short: "shows the archive in a browser",
	long: `Serve shows the archive as pages: the newest articles, search, each article with
the evidence for every field, and the captures. Each page has a JSON twin:
/search?q=ferry is also /search.json?q=ferry. Ctrl-C stops it.

On an address that others than this machine can reach it asks readers for an account
("dateline users"), or for one password of all (-password-file; HTTP Basic, any user
name), and does not start without. -tls-cert and -tls-key serve HTTPS; else put a
proxy that speaks it in front where others can listen. A request under a name that
is not the server's is refused; -host gives it one.

-follow follows the sources of the archive meanwhile, as "dateline follow" does. The
alerts of the archive ("dateline alert") are run meanwhile, too, unless it can only be
read; -smtp names the server for their mail.`,
	declare: func(flags *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(flags)
		listen := serveFlags(flags, false)
		follows := flags.Bool("follow", false, "follow the sources of the archive meanwhile")
		var p following
		p.declare(flags)
		mails := alerting{allow: p.allow}
		mails.declareMail(flags)
		key := keyFlag(flags)
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
				return errors.Join(serveAnd(ctx, s, a, listen, &mails, func(ctx context.Context) error { return p.run(ctx, s.err, a, nil) }), a.Close())
			}
			a, err := openForWriting(ctx, s, dir(), archive.Options{Aside: true})
			if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
				a, err = openForReading(ctx, s, dir())
				if err != nil {
					return err
				}
				return errors.Join(serve(ctx, s, a, listen), a.Close())
			}
			if err != nil {
				return err
			}
			return errors.Join(serveAnd(ctx, s, a, listen, &mails), a.Close())
		}
	},
}

// serving says where the archive is served.
type serving struct {
	addr     string
	hosts    []string
	origins  []string
	password string // the file that holds it
	accounts bool   // are asked for on this machine, too
	cert     string // the file of the certificate chain; "" serves HTTP
	key      string // the file of its key
	log      *logging
	open     bool
	editor   web.Editor // nil if nothing can be changed
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
	fs.BoolVar(&o.accounts, "accounts", false, "ask for an account (\"dateline users\") on this machine, too")
	fs.StringVar(&o.cert, "tls-cert", "", "serve HTTPS, with the certificate chain in this `file` (PEM)")
	fs.StringVar(&o.key, "tls-key", "", "the `file` with the key of the certificate (PEM)")
	o.log = logFlag(fs)
	fs.BoolVar(&o.open, "open", open, "open the page in a browser")
	return o
}

// serve serves the archive until ctx ends.
func serve(ctx context.Context, s streams, a *archive.Archive, o *serving) (err error) {
	log, err := o.log.logger(s.err, slog.LevelInfo)
	if err != nil {
		return err
	}
	password := ""
	if o.password != "" {
		if password, err = readPassword(o.password); err != nil {
			return err
		}
	}
	secure, err := o.tls()
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", o.addr)
	if err != nil {
		return fmt.Errorf("%w; -addr 127.0.0.1:0 takes a free port", err)
	}
	own := isLoopback(l.Addr())
	var accounts *account.Accounts
	if o.accounts || !own && password == "" {
		if accounts, err = someAccounts(ctx, a); err != nil {
			return errors.Join(err, l.Close())
		}
		if accounts != nil {
			defer func() { err = errors.Join(err, accounts.Close()) }()
		}
	}
	if accounts == nil && (o.accounts || password == "" && !own) {
		return errors.Join(usagef("others than this machine can reach %s, or -accounts is given, and nobody has an account: \"dateline users add NAME\" makes one, or -password-file names the file with one password for all", o.addr), l.Close())
	}
	scheme := "http://"
	if secure != nil {
		scheme = "https://"
	} else if !own {
		log.Warn("passwords and pages are sent as they are: give -tls-cert and -tls-key, or put a proxy that speaks HTTPS in front")
	}
	address := scheme + openable(l.Addr()) + "/"
	fmt.Fprintln(s.out, address)
	fmt.Fprintln(s.err, "Ctrl-C stops it.")
	if o.open {
		openBrowser(ctx, address)
	}
	pages := web.New(a, web.Options{
		Log: log, Hosts: o.hosts, Addresses: !own, Password: password, Accounts: accounts, Secure: secure != nil,
		Origins: o.origins, MCP: protocol(a, log), Version: release(), Editor: o.editor, User: userName(),
	})
	if secure != nil {
		l = tls.NewListener(l, secure)
	}
	return (&web.Server{Handler: pages, Log: log}).Serve(ctx, l)
}

// tls returns how HTTPS is served; nil if it is not. The files are read again when they
// change, so that a renewed certificate needs no new start.
func (o *serving) tls() (*tls.Config, error) {
	if o.cert == "" && o.key == "" {
		return nil, nil
	}
	if o.cert == "" || o.key == "" {
		return nil, usagef("-tls-cert and -tls-key go together")
	}
	if _, err := tls.LoadX509KeyPair(o.cert, o.key); err != nil {
		return nil, fmt.Errorf("%s, %s: %w", o.cert, o.key, err)
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
		c, err := tls.LoadX509KeyPair(o.cert, o.key)
		return &c, err
	}}, nil
}

// someAccounts opens the accounts of an archive; nil if there are none.
func someAccounts(ctx context.Context, a *archive.Archive) (*account.Accounts, error) {
	path := a.File(account.File)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	accounts, err := account.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	list, err := accounts.Users(ctx)
	if err != nil || len(list) == 0 {
		return nil, errors.Join(err, accounts.Close())
	}
	return accounts, nil
}

// serveAnd serves the archive, runs its alerts and does the rest meanwhile, until ctx ends
// or one of them fails.
func serveAnd(ctx context.Context, s streams, a *archive.Archive, o *serving, mails *alerting, rest ...func(context.Context) error) error {
	log, err := o.log.logger(s.err, slog.LevelInfo)
	if err != nil {
		return err
	}
	r, err := mails.runner(a, log)
	if err != nil {
		return err
	}
	o.editor = editor{a, r, len(*mails.allow) > 0}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return serve(ctx, s, a, o) })
	g.Go(func() error { return r.Run(ctx, alertPause) })
	for _, do := range rest {
		g.Go(func() error { return do(ctx) })
	}
	return g.Wait()
}

// An editor does what readers of the pages decide.
type editor struct {
	*archive.Archive
	r     *alert.Runner
	plain bool // webhooks may be of HTTP
}

// KeepAlert implements [web.Editor].
func (e editor) KeepAlert(ctx context.Context, made dateline.Alert) (dateline.Alert, error) {
	return alert.Add(ctx, e.Archive, made, e.plain)
}

// TakeAlert implements [web.Editor].
func (e editor) TakeAlert(ctx context.Context, name string) error {
	return alert.Remove(ctx, e.Archive, name)
}

// TestAlert implements [web.Editor].
func (e editor) TestAlert(ctx context.Context, name string) error {
	made, err := alert.Find(ctx, e.Archive, name)
	if err != nil {
		return err
	}
	return e.r.Test(ctx, made)
}

// RetryAlert implements [web.Editor].
func (e editor) RetryAlert(ctx context.Context, name string) error {
	_, err := e.r.Retry(ctx, name, "")
	return err
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
