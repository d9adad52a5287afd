package archive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"dateline/store"
)

// markName is the name of the cursor that a mark is kept as.
func markName(name string) string {
	sum := sha256.Sum256([]byte(name))
	return store.MarkPrefix + hex.EncodeToString(sum[:16])
}

// Mark returns how far something that is brought into the archive has been read, as
// [Archive.SetMark] has noted it under that name; 0 if nothing was noted.
func (a *Archive) Mark(ctx context.Context, name string) (int64, error) {
	return a.parts.Cursors.Cursor(ctx, markName(name))
}

// SetMark notes how far something has been read. A mark is a help, no record: where it is
// lost, what was read is read again, and known.
func (a *Archive) SetMark(ctx context.Context, name string, at int64) error {
	return a.parts.Cursors.SetCursor(ctx, markName(name), at)
}
