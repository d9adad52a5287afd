package sqlfile

import (
	"context"
	"errors"
	"time"

	driver "modernc.org/sqlite"
)

// pagesAtOnce is how many pages restore copies between looking whether it is
// still wanted.
const pagesAtOnce = 4096

// A restore waits for readers, which are short: in all as long as BusyTimeout
// lets SQLite wait.
const (
	mostTries    = 100
	betweenTries = 100 * time.Millisecond
)

// restore copies the file src over the file of a connection.
func restore(ctx context.Context, driverConn any, src string) error {
	conn, ok := driverConn.(interface {
		NewRestore(src string) (*driver.Backup, error)
	})
	if !ok {
		return errors.New("the SQLite driver cannot copy files")
	}
	b, err := conn.NewRestore(src)
	if err != nil {
		return err
	}
	for tries := 0; ; {
		more, err := b.Step(pagesAtOnce)
		switch {
		case err == nil:
			err = ctx.Err()
		case Busy(err) && tries < mostTries:
			tries++
			more, err = true, pause(ctx, betweenTries)
		}
		if err != nil {
			return errors.Join(err, b.Finish())
		}
		if !more {
			return b.Finish()
		}
	}
}
