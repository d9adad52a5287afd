package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"dateline/archive"
	"dateline/surface/export"
)

var sqlCommand = command{
	name:  "sql",
	args:  "QUERY",
	short: "answers a query in SQL over the views of the archive: article, statement, story and more",
	long: `Sql prints the answer to a query in SQL over the views that doc/schema.md describes:
article, version, capture, statement, mention, date, event, story. It only reads,
and other commands can add pages meanwhile. "-" reads the query from standard input.

    dateline sql 'select publisher, count(*) from article where skip is null group by 1'
    dateline sql -csv 'select who, text, published from statement' > statements.csv

Printed is a table, in which long values are cut; -json prints an object a row, and
-csv a file of RFC 4180, both whole. archive.db can also be opened by sqlite3,
Datasette and other programs.`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		asJSON := jsonFlag(fs, "print each row as a JSON object on a line")
		asCSV := fs.Bool("csv", false, "print CSV")
		return func(ctx context.Context, s streams, args []string) error {
			if *asJSON && *asCSV {
				return usagef("-json and -csv: one of them")
			}
			query := strings.Join(args, " ")
			if query == "-" {
				b, err := io.ReadAll(io.LimitReader(s.in, longestQuery))
				if err != nil {
					return err
				}
				query = string(b)
			}
			out := bufio.NewWriter(s.out)
			var p rowPrinter
			switch {
			case *asJSON:
				p = &jsonRows{w: out}
			case *asCSV:
				p = &csvRows{w: csv.NewWriter(out)}
			default:
				p = &tableRows{w: out}
			}
			if err := inFolder(dir()); err != nil {
				return err
			}
			err := archive.SQL(ctx, dir(), query, archive.Options{}, p.row)
			if err == nil {
				err = p.end()
			}
			_, err = hinted(nil, errors.Join(err, out.Flush()))
			if q := new(archive.QueryError); errors.As(err, &q) {
				return usageError{err}
			}
			return err
		}
	},
}

// longestQuery bounds a query from standard input: SQLite takes no longer one.
const longestQuery = 1 << 20

// A rowPrinter prints the rows of an answer.
type rowPrinter interface {
	row(columns []string, values []any) error // values are nil at first
	end() error
}

// jsonRows prints an object a row, its keys in the order of the columns.
type jsonRows struct{ w io.Writer }

func (p *jsonRows) row(columns []string, values []any) error {
	if values == nil {
		return nil
	}
	b := []byte{'{'}
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		switch x := v.(type) {
		case []byte:
			v = string(x)
		case float64:
			if math.IsInf(x, 0) { // which JSON does not have
				v = cellText(x)
			}
		}
		b = append(appendJSON(b, columns[i]), ':')
		b = appendJSON(b, v)
	}
	_, err := p.w.Write(append(b, "}\n"...))
	return err
}

func (p *jsonRows) end() error { return nil }

// csvRows prints CSV; NULL is an empty cell.
type csvRows struct{ w *csv.Writer }

func (p *csvRows) row(columns []string, values []any) error {
	cells := columns
	if values != nil {
		cells = make([]string, len(values))
		for i, v := range values {
			cells[i] = cellText(v)
			if _, isText := v.(string); isText {
				cells[i] = export.Cell(cells[i])
			}
		}
	}
	return p.w.Write(cells)
}

func (p *csvRows) end() error {
	p.w.Flush()
	return p.w.Error()
}

// cellText writes a value as a text.
func cellText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case []byte:
		return string(v)
	case string:
		return v
	}
	b, err := json.Marshal(v)
	if err != nil { // a number that JSON does not have
		return fmt.Sprint(v)
	}
	return string(b)
}

// tableRows prints a table for reading. The widths are those of the first rows.
type tableRows struct {
	w      io.Writer
	rows   [][]string
	widths []int // nil until the first rows are printed
}

// What a table shows: columns are as wide as in the first rows, and no wider than so many
// characters.
const (
	tableFirst  = 500
	tableWidest = 60
)

func (p *tableRows) row(columns []string, values []any) error {
	cells := columns
	if values != nil {
		cells = make([]string, len(values))
		for i, v := range values {
			cells[i] = oneLine(cellText(v))
		}
	}
	p.rows = append(p.rows, cells)
	if len(p.rows) > tableFirst || p.widths != nil {
		return p.flush()
	}
	return nil
}

func (p *tableRows) flush() error {
	head := p.widths == nil
	if head {
		p.widths = make([]int, len(p.rows[0]))
		for _, cells := range p.rows {
			for i, c := range cells {
				p.widths[i] = max(p.widths[i], min(utf8.RuneCountInString(c), tableWidest))
			}
		}
	}
	for n, cells := range p.rows {
		if err := p.line(cells); err != nil {
			return err
		}
		if head && n == 0 {
			rule := make([]string, len(cells))
			for i := range rule {
				rule[i] = strings.Repeat("-", p.widths[i])
			}
			if err := p.line(rule); err != nil {
				return err
			}
		}
	}
	p.rows = p.rows[:0]
	return nil
}

func (p *tableRows) line(cells []string) error {
	var b strings.Builder
	for i, c := range cells {
		n := utf8.RuneCountInString(c)
		if n > tableWidest {
			c = string([]rune(c)[:tableWidest-1]) + "…"
			n = tableWidest
		}
		b.WriteString(c)
		if i < len(cells)-1 {
			b.WriteString(strings.Repeat(" ", max(p.widths[i]-n, 0)) + "  ")
		}
	}
	_, err := fmt.Fprintln(p.w, strings.TrimRight(b.String(), " "))
	return err
}

func (p *tableRows) end() error {
	if len(p.rows) == 0 {
		return nil
	}
	return p.flush()
}
