package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"dateline"
)

// A column is one column of a row type.
type column struct {
	name  string
	index []int // of the field, see reflect.Value.FieldByIndex
	flat  bool  // it can stand in CSV

}

// columnsOf returns the columns of a row type, in their order.
func columnsOf(t reflect.Type) []column {
	var list []column
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			for _, c := range columnsOf(f.Type) {
				c.index = append([]int{i}, c.index...)
				list = append(list, c)
			}
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("parquet"), ",")
		list = append(list, column{name: name, index: []int{i}, flat: f.Tag.Get("csv") != "-"})
	}
	return list
}

// lines writes rows as lines.
type lines struct {
	w      io.Writer
	choose func(*dateline.Article, *dateline.Statement) bool
	line   func(buf []byte, columns []column, row reflect.Value) ([]byte, error)
	head   func(buf []byte, columns []column) []byte // nil for none
}

func openLines[T any](l lines, rows rowsOf[T]) (writer, error) {
	columns := columnsOf(reflect.TypeFor[T]())
	var buf []byte
	if l.head != nil {
		buf = l.head(buf, columns)
		if _, err := l.w.Write(buf); err != nil {
			return nil, err
		}
	}
	put := func(row *T) (err error) {
		if buf, err = l.line(buf[:0], columns, reflect.ValueOf(row).Elem()); err == nil {
			_, err = l.w.Write(buf)
		}
		return err
	}
	return &table[T]{rows, l.choose, put, func() error { return nil }}, nil
}

func (l lines) articles() (writer, error)   { return openLines(l, articleRows) }
func (l lines) statements() (writer, error) { return openLines(l, statementRows) }
func (l lines) dates() (writer, error)      { return openLines(l, dateRows) }
func (l lines) mentions() (writer, error)   { return openLines(l, mentionRows) }
func (l lines) events() (writer, error)     { return openLines(l, eventRows) }
func (l lines) versions() (writer, error)   { return openLines(l, versionRows) }

// openCSV opens a file of RFC 4180 in UTF-8: a line of names, then a line a row, each
// ended by CR and LF. Lists are joined by "; ", spans are written "12-30".
func openCSV(w io.Writer, o Origin, choose func(*dateline.Article, *dateline.Statement) bool) (writer, error) {
	return openTable(lines{w, choose, csvLine, csvHead}, o.Of)
}

func csvHead(buf []byte, columns []column) []byte {
	for _, c := range columns {
		if c.flat {
			buf = append(append(buf, c.name...), ',')
		}
	}
	return append(buf[:len(buf)-1], "\r\n"...)
}

func csvLine(buf []byte, columns []column, row reflect.Value) ([]byte, error) {
	for _, c := range columns {
		if c.flat {
			buf = append(csvValue(buf, row.FieldByIndex(c.index)), ',')
		}
	}
	return append(buf[:len(buf)-1], "\r\n"...), nil
}

// csvValue appends a value as a cell. An absent one is an empty cell.
func csvValue(buf []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return buf
		}
		switch x := v.Interface().(type) {
		case *day:
			return append(buf, x.String()...)
		case *time.Time:
			return x.AppendFormat(buf, "2006-01-02T15:04:05Z")
		}
		return csvValue(buf, v.Elem())
	case reflect.Bool:
		return strconv.AppendBool(buf, v.Bool())
	case reflect.Int32:
		return strconv.AppendInt(buf, v.Int(), 10)
	case reflect.Float64:
		if v.Float() == 0 {
			return buf
		}
		return strconv.AppendFloat(buf, v.Float(), 'g', -1, 64)
	case reflect.Slice:
		return appendCell(buf, joined(v))
	}
	return appendCell(buf, v.String())
}

// joined writes a list as one text.
func joined(v reflect.Value) string {
	parts := make([]string, v.Len())
	for i := range parts {
		if s, ok := v.Index(i).Interface().(spanRow); ok {
			parts[i] = fmt.Sprintf("%d-%d", s.Start, s.End)
		} else {
			parts[i] = v.Index(i).String()
		}
	}
	return strings.Join(parts, "; ")
}

// appendCell appends a text as a cell, in quotation marks where RFC 4180 wants them. A
// text that a spreadsheet would take for a formula (OWASP, CSV Injection: it begins with
// one of = + - @, their wide forms, a tabulator or CR) gets an apostrophe before it, and
// so does one that has apostrophes before such a sign. To take one apostrophe from texts
// that begin so gives back what was there.
func appendCell(buf []byte, s string) []byte {
	guarded := ""
	if isFormula(s) {
		guarded = "'"
	}
	if !strings.ContainsAny(s, "\",\r\n") && s == strings.Trim(s, " ") {
		return append(append(buf, guarded...), s...)
	}
	buf = append(append(buf, '"'), guarded...)
	for {
		i := strings.IndexByte(s, '"')
		if i < 0 {
			return append(append(buf, s...), '"')
		}
		buf = append(append(buf, s[:i]...), `""`...)
		s = s[i+1:]
	}
}

// isFormula reports whether a spreadsheet would take a text for a formula, apostrophes
// before it aside.
func isFormula(s string) bool {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "'"))
	return first != utf8.RuneError && strings.ContainsRune("=+-@＝＋－＠\t\r", first)
}

// Cell returns a text as the value of a cell in CSV, with an apostrophe before what a
// spreadsheet would take for a formula.
func Cell(s string) string {
	if isFormula(s) {
		return "'" + s
	}
	return s
}

// openJSONL opens a file of JSON lines. Of articles it has the record with its findings,
// as doc/schema.md describes it; of all else the columns of the row, without those that
// are empty.
func openJSONL(w io.Writer, o Origin, choose func(*dateline.Article, *dateline.Statement) bool) (writer, error) {
	if o.Of == Tables[0] {
		return newRecordLines(w), nil
	}
	return openTable(lines{w, choose, jsonLine, nil}, o.Of)
}

func jsonLine(buf []byte, columns []column, row reflect.Value) ([]byte, error) {
	buf = append(buf, '{')
	for _, c := range columns {
		v := row.FieldByIndex(c.index)
		if v.IsZero() && v.Kind() != reflect.Bool && v.Kind() != reflect.Int32 || v.Kind() == reflect.Slice && v.Len() == 0 {
			continue
		}
		if len(buf) > 1 {
			buf = append(buf, ',')
		}
		buf = append(strconv.AppendQuote(buf, c.name), ':')
		var err error
		if buf, err = appendJSON(buf, jsonValue(v)); err != nil {
			return buf, err
		}
	}
	return append(buf, "}\n"...), nil
}

// jsonValue returns what a value is in JSON: spans as the record has them, days as text.
func jsonValue(v reflect.Value) any {
	switch x := v.Interface().(type) {
	case *day:
		return x.String()
	case []spanRow:
		pairs := make([][2]int32, len(x))
		for i, s := range x {
			pairs[i] = [2]int32{s.Start, s.End}
		}
		return pairs
	}
	return v.Interface()
}

// appendJSON appends v as JSON in which <, > and & stand as they are.
func appendJSON(buf []byte, v any) ([]byte, error) {
	b := bytes.NewBuffer(buf)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// recordLines writes records.
type recordLines struct{ enc *json.Encoder }

func newRecordLines(w io.Writer) *recordLines {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return &recordLines{enc}
}

// A record is an article with its findings, as the stages read and print it.
type record struct {
	*dateline.Article
	Findings *dateline.Findings `json:"findings,omitempty"`
}

func (l *recordLines) Write(d *Doc) error { return l.enc.Encode(record{d.Article, d.Findings}) }

func (l *recordLines) Close() error { return nil }
