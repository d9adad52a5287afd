package e2e

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// program is the program that is tested; site is the address of its demo, without
// the slash at its end; browser is the context of the browser that all tests share.
var (
	program string
	site    string
	browser context.Context
)

func TestMain(m *testing.M) {
	status, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "e2e:", err)
		status = 1
	}
	os.Exit(status)
}

// run starts what the tests need, runs them, and stops it again.
func run(m *testing.M) (status int, err error) {
	chromium, err := findChromium()
	if err != nil {
		return 0, err
	}
	dir, err := os.MkdirTemp("", "dateline-e2e-")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if program, err = build(dir); err != nil {
		return 0, err
	}
	var stop func() error
	if site, stop, err = serve("demo", "-open=false"); err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, stop()) }()

	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.UserDataDir(filepath.Join(dir, "profile")),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	allocated, end := chromedp.NewExecAllocator(context.Background(), options...)
	defer end()
	var quit context.CancelFunc
	browser, quit = chromedp.NewContext(allocated)
	defer quit()
	if err := chromedp.Do(browser); err != nil {
		return 0, fmt.Errorf("%s does not start: %w", chromium, err)
	}
	return m.Run(), nil
}

// findChromium returns the browser that $CHROMIUM names, else one under its
// usual names.
func findChromium() (string, error) {
	names := []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}
	if name := os.Getenv("CHROMIUM"); name != "" {
		names = []string{name}
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("no browser found under the names %s: install Chromium, or set CHROMIUM to its path", strings.Join(names, ", "))
}

var addresses = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// build builds the program in dir.
func build(dir string) (program string, err error) {
	program = filepath.Join(dir, "dateline")
	build := exec.Command("go", "build", "-o", program, "./cmd/dateline")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	build.Dir = ".." // the program is a module of its own
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return program, nil
}

// serve runs a command that serves, on a free port, and returns its address
// without the slash at its end. stop ends it as Ctrl-C does and reports an end
// that is not clean.
func serve(args ...string) (address string, stop func() error, err error) {
	var log strings.Builder
	server := exec.Command(program, append(args, "-addr", "127.0.0.1:0")...)
	server.Stderr = &log
	server.WaitDelay = 10 * time.Second
	out, err := server.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	if err := server.Start(); err != nil {
		return "", nil, err
	}
	lines := bufio.NewReader(out)
	for address == "" {
		line, err := lines.ReadString('\n')
		address = addresses.FindString(line)
		if err != nil && address == "" {
			return "", nil, fmt.Errorf("dateline %s printed no address: %w\n%s", args[0], errors.Join(err, server.Wait()), &log)
		}
	}
	return address, func() error {
		if err := server.Process.Signal(os.Interrupt); err != nil {
			return fmt.Errorf("dateline %s has ended before: %w\n%s", args[0], err, &log)
		}
		_, readErr := io.Copy(io.Discard, lines)
		if code, err := exitStatus(server.Wait()); err != nil || code != 0 && code != 130 {
			return fmt.Errorf("dateline %s after Ctrl-C: status %d, %w\n%s", args[0], code, errors.Join(err, readErr), &log)
		}
		if strings.Contains(log.String(), "level=") {
			return fmt.Errorf("dateline %s logged trouble:\n%s", args[0], &log)
		}
		return nil
	}, nil
}

// exitStatus takes the exit status out of what Wait returns.
func exitStatus(err error) (int, error) {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), nil
	}
	return 0, err
}
