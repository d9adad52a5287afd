package e2e

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A tab is one tab of the browser. When its test ends, what the console or
// the network had to complain about fails the test.
type tab struct {
	t    *testing.T
	site string // no request may leave it
	ctx  context.Context

	mu      sync.Mutex
	trouble []string
}

// patience is how long a tab may take in all: a text of a million bytes takes a busy
// machine many seconds.
const patience = 3 * time.Minute

// A step is one action in a tab.
type step = chromedp.Action[chromedp.Void]

// newTab opens a tab for t that reads the demo, and takes the steps in it.
func newTab(t *testing.T, steps ...step) *tab {
	t.Helper()
	return newTabOf(t, site, steps...)
}

// newTabOf opens a tab for t that reads a site.
func newTabOf(t *testing.T, site string, steps ...step) *tab {
	t.Helper()
	ctx, end := chromedp.NewContext(browser)
	b := &tab{t: t, site: site}
	err := chromedp.Listen(ctx, b.listen) // opens the tab, which lives as long as this context
	ctx, stop := context.WithTimeout(ctx, patience)
	b.ctx = ctx
	t.Cleanup(func() {
		stop()
		end()
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, s := range b.trouble {
			t.Error(s)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	b.do(command(network.Enable, network.EnableParams{}), command(log.Enable, cdp.Empty{}))
	b.do(steps...)
	return b
}

// command is a step that sends one command to the browser.
func command[P, R any](c cdp.Command[P, R], params P) step {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

func click(selector string) step { return chromedp.Click(chromedp.CSS(selector)) }

func focus(selector string) step { return chromedp.Focus(chromedp.CSS(selector)) }

// follow follows a link by keyboard: on a page that still scrolls to where its
// address points, a click may miss.
func follow(selector string) step { return chromedp.Steps(focus(selector), keys(kb.Enter)) }

func keys(k string) step { return chromedp.KeyEvent(k) }

// press presses one key as a keyboard does: what the page keeps from having
// its usual effect types nothing.
func press(key string) step {
	down := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: key, Text: key}
	if k, ok := kb.Keys[[]rune(key)[0]]; ok && !k.Print {
		down.Key, down.Text = k.Key, ""
	}
	up := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyUp, Key: down.Key}
	return chromedp.Steps(command(input.DispatchKeyEvent, down), command(input.DispatchKeyEvent, up))
}

// ready waits for the page to be there.
func ready() step { return chromedp.WaitReady(chromedp.CSS("#main")) }

// listen notes errors, warnings, and requests that leave the site.
func (b *tab) listen(event any) {
	var s string
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			s = fmt.Sprintf("console: %s %v", e.Type, e.Args)
		}
	case *runtime.EventExceptionThrown:
		s = "exception: " + e.ExceptionDetails.Text + " " + e.ExceptionDetails.URL
	case *log.EventEntryAdded:
		icon := strings.HasSuffix(e.Entry.URL, "/favicon.ico") // which browsers ask for on their own, beside a plain text
		if !icon && (e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning) {
			s = fmt.Sprintf("browser: %s %s", e.Entry.Text, e.Entry.URL)
		}
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, b.site+"/") {
			s = "request to " + e.Request.URL
		}
	}
	if s != "" {
		b.mu.Lock()
		b.trouble = append(b.trouble, s)
		b.mu.Unlock()
	}
}

// do takes steps and stops the test if one fails.
func (b *tab) do(steps ...step) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// open goes to a path of the site.
func (b *tab) open(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.site+path), ready())
}

// leave takes steps that lead to another page and waits until it is there.
func (b *tab) leave(steps ...step) {
	b.t.Helper()
	if _, err := chromedp.RunResponse(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
	b.do(ready())
}

// is checks that a JavaScript expression has the given value on the page.
func is[T comparable](b *tab, expression string, want T) {
	b.t.Helper()
	if got := eval[T](b, expression); got != want {
		b.t.Errorf("%s is %v, want %v", expression, got, want)
	}
}

// eval returns the value of a JavaScript expression.
func eval[T any](b *tab, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return v
}
