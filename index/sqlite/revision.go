package sqlite

import (
	"context"
	"fmt"
)

// Revision names the state of the index: as long as it is the same, a query
// finds the same.
func (x *Index) Revision(ctx context.Context) (string, error) {
	var gen, epoch int64
	if err := x.file.Read.QueryRowContext(ctx, `SELECT gen, epoch FROM index_state`).Scan(&gen, &epoch); err != nil {
		return "", fmt.Errorf("state of the index: %w", err)
	}
	return fmt.Sprintf("%d-%d", epoch, gen), nil
}
