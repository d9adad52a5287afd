package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"

	"dateline"
	"dateline/answer"
	"dateline/archive"
	"dateline/pipeline"
)

var understandCommand = command{
	name:  "understand",
	args:  "< RECORDS",
	short: "adds what is said, when and by whom to records read from standard input",
	long: `Understand reads records, one JSON object a line, from standard input and
prints each with "findings" added: statements, dates and mentions, each
with its place in the text and the rule that found it. Keys that it does not
know come out again, and so does their order. A line that is no record is
reported with its number, and the rest goes on; so is one that could not be
read because of an error of ours, whose "limits" say so.

With -explain it prints why instead: for each statement the words that were
tagged, what they were joined to and could have been joined to, what makes its
confidence, and whom the speaker could be; for each date what it was counted
from; for each mention how probable it is. With -json that is an object a record,
whose "url" and "id" are those of the record and whose "findings" are reasons.`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		explain := fs.Bool("explain", false, "print why the findings are what they are")
		asJSON := jsonFlag(fs, "print JSON: with -explain, an object a record; findings are JSON without it")
		return func(ctx context.Context, s streams, args []string) error {
			if len(args) > 0 {
				return usagef("reads records from standard input: dateline understand < RECORDS")
			}
			find := addFindings
			switch {
			case *explain && *asJSON:
				find = explainJSON
			case *explain:
				find = explainText
			}
			return printRecords(ctx, s, "understand", pipeline.Map(lines(ctx, s.in), 0, find))
		}
	},
}

// article returns the article that a line is the record of.
func (l line) article() (*dateline.Article, error) {
	a := &dateline.Article{}
	if err := json.Unmarshal(l.text, a); err != nil {
		return nil, fmt.Errorf("standard input: line %d: %w", l.number, err)
	}
	return a, nil
}

// addFindings returns the record l with its findings. Where finding fails it
// returns an error, and the record with what the findings say of that.
func addFindings(l line) ([]byte, error) {
	a, err := l.article()
	if err != nil {
		return nil, err
	}
	found, failed := archive.Understand(a)
	rec, err := setKey(l.text, "findings", found)
	if err == nil && failed != nil {
		err = fmt.Errorf("standard input: line %d: %w", l.number, failed)
	}
	return rec, err
}

// explainText returns for a reader why the findings of the record l are what they
// are.
func explainText(l line) ([]byte, error) {
	a, err := l.article()
	if err != nil {
		return nil, err
	}
	e, err := archive.ExplainFindings(a)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	writeReasons(&b, a, e)
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// explainJSON returns the same as JSON.
func explainJSON(l line) ([]byte, error) {
	a, err := l.article()
	if err != nil {
		return nil, err
	}
	var known answer.FindingsReasons // with the address and id as they were given
	if err := json.Unmarshal(l.text, &known); err != nil {
		return nil, fmt.Errorf("standard input: line %d: %w", l.number, err)
	}
	if known.Findings, err = archive.ExplainFindings(a); err != nil {
		return nil, err
	}
	return appendJSON(nil, known), nil
}

// printRecords prints what a command has made of each line of standard input, a line each,
// and tells of the lines of which it could make nothing. An input that cannot be read
// further ends it, after what came before.
func printRecords(ctx context.Context, s streams, command string, records iter.Seq2[[]byte, error]) error {
	out := bufio.NewWriter(s.out)
	partly := false
	for rec, err := range records {
		var stop *readError
		switch {
		case errors.As(err, &stop):
			return errors.Join(stop, out.Flush())
		case err != nil:
			fmt.Fprintf(s.err, "dateline %s: %v\n", command, err)
			partly = true
		}
		if rec == nil {
			continue
		}
		out.Write(rec)
		if err := out.WriteByte('\n'); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if partly {
		return errPartly
	}
	return ctx.Err()
}

// A line is one non-empty line of the input, counted from 1.
type line struct {
	number int
	text   []byte
}

// A readError ends the reading of an input.
type readError struct{ err error }

func (e *readError) Error() string { return "standard input: " + e.err.Error() }
func (e *readError) Unwrap() error { return e.err }

// maxLine bounds one line of records, in bytes.
const maxLine = 256 << 20

// lines yields the lines of r that are not blank. Its one error is a
// *readError, and comes last.
func lines(ctx context.Context, r io.Reader) iter.Seq2[line, error] {
	return func(yield func(line, error) bool) {
		sc := bufio.NewScanner(r)
		sc.Buffer(nil, maxLine)
		for n := 1; ctx.Err() == nil && sc.Scan(); n++ {
			text := bytes.TrimSpace(sc.Bytes())
			if len(text) > 0 && !yield(line{n, bytes.Clone(text)}, nil) {
				return
			}
		}
		if err := sc.Err(); err != nil {
			yield(line{}, &readError{err})
		}
	}
}

// setKey returns the JSON object obj with key set to value, as its last key;
// the other keys keep their order and their bytes.
func setKey(obj []byte, key string, value any) ([]byte, error) {
	dec := json.NewDecoder(bytes.NewReader(obj))
	if _, err := dec.Token(); err != nil {
		return nil, err
	}
	out := []byte{'{'}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, err
		}
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return nil, err
		}
		if name != key {
			out = append(appendJSON(out, name), ':')
			out = append(append(out, raw...), ',')
		}
	}
	out = append(appendJSON(out, key), ':')
	return append(appendJSON(out, value), '}'), nil
}

// appendJSON appends v, which always can be encoded, as JSON in which <, >
// and & stand as they are.
func appendJSON(b []byte, v any) []byte {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err) // Unreachable: records hold nothing that JSON cannot.
	}
	return append(b, bytes.TrimSuffix(buf.Bytes(), []byte{'\n'})...)
}
