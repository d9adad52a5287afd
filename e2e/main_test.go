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

// site is the address of the demo, without the slash at its end; browser is
// the context of the browser that all tests share.
var (
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
	stop, err := startDemo(dir)
	if err != nil {
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

var address = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// startDemo builds the program in dir and lets it serve its demo. stop ends
// it as Ctrl-C does and reports an end that is not clean.
func startDemo(dir string) (stop func() error, err error) {
	binary := filepath.Join(dir, "dateline")
	build := exec.Command("go", "build", "-o", binary, "./cmd/dateline")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	build.Dir = ".." // the program is a module of its own
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build: %w\n%s", err, out)
	}
	var log strings.Builder
	demo := exec.Command(binary, "demo", "-open=false", "-addr", "127.0.0.1:0")
	demo.Stderr = &log
	demo.WaitDelay = 10 * time.Second
	out, err := demo.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := demo.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewReader(out)
	for site == "" {
		line, err := lines.ReadString('\n')
		site = address.FindString(line)
		if err != nil && site == "" {
			return nil, fmt.Errorf("dateline demo printed no address: %w\n%s", errors.Join(err, demo.Wait()), &log)
		}
	}
	return func() error {
		if err := demo.Process.Signal(os.Interrupt); err != nil {
			return fmt.Errorf("dateline demo has ended before: %w\n%s", err, &log)
		}
		_, readErr := io.Copy(io.Discard, lines)
		if code, err := exitStatus(demo.Wait()); err != nil || code != 0 && code != 130 {
			return fmt.Errorf("dateline demo after Ctrl-C: status %d, %w\n%s", code, errors.Join(err, readErr), &log)
		}
		if strings.Contains(log.String(), "level=") {
			return fmt.Errorf("dateline demo logged trouble:\n%s", &log)
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
