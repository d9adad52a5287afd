package sqlite

import (
	"context"
	"fmt"
)

// Revision implements [index.Index]: it is another after each Add and in each
// index that is made.
func (x *Index) Revision(ctx context.Context) (string, error) {
	var gen, epoch int64
	if err := x.file.Read.QueryRowContext(ctx, `SELECT gen, epoch FROM index_state`).Scan(&gen, &epoch); err != nil {
		return "", fmt.Errorf("state of the index: %w", err)
	}
	return fmt.Sprintf("%d-%d", epoch, gen), nil
}
