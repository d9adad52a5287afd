//go:build unix

package acquire_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"dateline/acquire"
)

// A named pipe is read like a file, and waiting for its writer, or for what
// the writer has to say, ends with the context.
func TestNamedPipe(t *testing.T) {
	name := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		t.Fatal(err)
	}
	write := func(text string, hold <-chan struct{}) {
		w, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			t.Error(err)
			return
		}
		defer w.Close()
		if _, err := io.WriteString(w, text); err != nil {
			t.Error(err)
		}
		<-hold
	}
	closed := make(chan struct{})
	close(closed)
	go write(page, closed)
	compare(t, "a pipe", pages(name, acquire.Options{}), []string{"resource file://" + name + " text/html 121"})

	for _, writer := range []bool{false, true} {
		ctx, cancel := context.WithCancel(t.Context())
		hold, done := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(done)
			if writer {
				write("<!DOCTYPE html>", hold)
			}
		}()
		time.AfterFunc(50*time.Millisecond, cancel)
		var last error
		for _, err := range acquire.Open(ctx, name, acquire.Options{}) {
			last = err
		}
		close(hold)
		<-done
		if !errors.Is(last, context.Canceled) {
			t.Errorf("with a writer: %v: cancelled, the last error is %v", writer, last)
		}
	}
}
