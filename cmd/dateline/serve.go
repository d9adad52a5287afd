package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os/exec"
	"runtime"
	"time"

	"dateline/archive"
	"dateline/surface/web"
)

var serveCommand = command{
	name:  "serve",
	short: "shows the archive in a browser",
	long: `Serve shows the archive as pages: the newest articles, search, each article with
the evidence for every field, and the captures. Each page has a JSON twin:
/search?q=ferry is also /search.json?q=ferry. Ctrl-C stops it.`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		listen := serveFlags(fs, false)
		return func(ctx context.Context, s streams, args []string) error {
			if len(args) > 0 {
				return usagef("takes no arguments; -archive names the archive")
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
	addr string
	open bool
}

// serveFlags declares the flags of commands that serve.
func serveFlags(fs *flag.FlagSet, open bool) *serving {
	o := &serving{}
	fs.StringVar(&o.addr, "addr", "127.0.0.1:8310", "the `address` to listen on; port 0 takes a free one")
	fs.BoolVar(&o.open, "open", open, "open the page in a browser")
	return o
}

// serve serves the archive until ctx ends.
func serve(ctx context.Context, s streams, a *archive.Archive, o *serving) error {
	l, err := net.Listen("tcp", o.addr)
	if err != nil {
		return fmt.Errorf("%w; -addr 127.0.0.1:0 takes a free port", err)
	}
	address := "http://" + l.Addr().String() + "/"
	fmt.Fprintln(s.out, address)
	fmt.Fprintln(s.err, "Ctrl-C stops it.")
	if o.open {
		openBrowser(ctx, address)
	}
	log := slog.New(slog.NewTextHandler(s.err, nil))
	server := &http.Server{
		Handler:           web.New(a, web.Options{Log: log, Loopback: isLoopback(l.Addr())}),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	stopped := make(chan error, 1)
	defer context.AfterFunc(ctx, func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		stopped <- server.Shutdown(ctx)
	})()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}

func isLoopback(a net.Addr) bool {
	tcp, ok := a.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
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
