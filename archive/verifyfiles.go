package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"math"
	"path"
	"strconv"
	"strings"

	"dateline"
	"dateline/store"
	"dateline/warc"
)

// What Repair does about the flaws of each kind.
const (
	repairUnnamed  = "it is taken into the log"
	repairRow      = "it is made again from its WARC record"
	repairDatabase = "the file is made again from its sound rows and the WARC files"
	repairDerived  = "it is made again"
	repairOrphan   = "what it was made of is looked for in the WARC files"
	repairPage     = "what is stored is checked again, and the bytes are taken as they are"
	repairIndex    = "the index is made again from the logs"
)

// records checks every WARC record, and every capture with its record.
func (v *verifier) records(from string) error {
	o := warc.VerifyOptions{From: placeOf(from), MaxBytes: max(v.maxBytes, mostEver)}
	m := &matcher{verifier: v, file: o.From.File, seals: sealCheck{verifier: v}}
	if v.taker == nil {
		if err := m.seals.begin(o.From); err != nil {
			return err
		}
		o.Digests = len(m.seals.seals) > 0
	}
	o.Progress = func(done, total int64) { m.done, m.total = done, total }
	names, err := v.parts.Files.Names()
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(names) > 0 {
		m.last = names[len(names)-1]
	}
	if o.From.File != "" {
		if err := m.begin(o.From); err != nil {
			return err
		}
	}
	defer m.end()
	for f, err := range v.parts.Files.Verify(v.ctx, o) {
		if err != nil && errors.Is(err, fs.ErrNotExist) {
			break // there is no folder: all captures are lost
		}
		if err == nil {
			err = m.take(f)
		}
		if err != nil {
			return err
		}
	}
	if err := errors.Join(m.rest(), m.seals.rest()); err != nil {
		return err
	}
	return v.missing()
}

// placeOf reads what [matcher.take] tells as its position: a file and a byte.
func placeOf(s string) (p warc.Place) {
	if i := strings.LastIndexByte(s, ':'); i > 0 {
		p.File = s[:i]
		p.Offset, _ = strconv.ParseInt(s[i+1:], 10, 64)
	}
	return p
}

// A matcher holds what a WARC file says against what the log says of it. Both
// come in the order of their offsets.
type matcher struct {
	*verifier
	last        string // the file that grows
	done, total int64
	seals       sealCheck

	file   string // that is being read
	next   func() (store.Entry[dateline.Capture], error, bool)
	stop   func()
	c      *dateline.Capture // the next one of the log; nil behind the last one
	known  int64             // offset of the last capture of the file; -1 if there is none
	damage *Flaw             // that was found last: what stands behind it may depend on it
}

// begin begins a file, from a place on.
func (m *matcher) begin(p warc.Place) (err error) {
	m.end()
	m.file = p.File
	name := path.Join(warcFolder, p.File)
	if m.known, err = m.parts.Lookup.LastOffset(m.ctx, name); err != nil {
		return err
	}
	m.next, m.stop = iter.Pull2(m.parts.Lookup.Placed(m.ctx, name))
	for err = m.advance(); err == nil && m.c != nil && m.c.Offset < p.Offset; {
		err = m.advance()
	}
	return err
}

// end lets go of the file.
func (m *matcher) end() {
	if m.stop != nil {
		m.stop()
		m.stop = nil
	}
}

// advance goes to the next capture that the log had when the check began.
func (m *matcher) advance() error {
	for {
		e, err, ok := m.next()
		if !ok || err != nil {
			m.c = nil
			return err
		}
		if e.Seq <= m.ends.captures {
			m.c = &e.Rec
			return nil
		}
	}
}

// take compares one record, or damage, with the log.
func (m *matcher) take(f warc.Finding) error {
	if f.File != m.file || m.next == nil {
		if err := m.rest(); err != nil {
			return err
		}
		if err := m.begin(warc.Place{File: f.File}); err != nil {
			return err
		}
	}
	if err := m.before(f.Offset); err != nil {
		return err
	}
	if err := m.close(); err != nil {
		return err
	}
	err := m.seals.take(f)
	if err != nil {
		return err
	}
	switch here := m.c != nil && m.c.Offset == f.Offset; {
	case f.Err != nil:
		if f.Offset > m.known && m.file == m.last {
			return nil // being written, or left by a process that was killed
		}
		m.damage = &Flaw{Kind: FlawRecord, File: path.Join(warcFolder, f.File), Offset: f.Offset, Reason: reason(f.Err)}
	case here:
		err = m.compare(f)
	case f.Type != warc.TypeInfo:
		err = m.unnamed(f)
	}
	if err != nil {
		return err
	}
	return m.progress(StepRecords, m.done, m.total, at(StepRecords, fmt.Sprintf("%s:%d", f.File, f.Offset)))
}

// reason is what is wrong, without the place.
func reason(err error) string {
	if e := (*warc.Error)(nil); errors.As(err, &e) {
		return e.Err.Error()
	}
	return err.Error()
}

// compare holds a sound record against the captures that should stand there.
func (m *matcher) compare(f warc.Finding) error {
	for m.c != nil && m.c.Offset == f.Offset {
		if f.ID != warc.RecordID(m.c) {
			if err := m.lost(fmt.Sprintf("%v: %s", warc.ErrOther, f.ID)); err != nil {
				return err
			}
		} else if f.Payload != m.c.Payload && (m.c.Revisit == "" || strings.HasPrefix(f.Payload, "sha256:")) {
			if err := m.lost(fmt.Sprintf("%v: %s instead of %s", warc.ErrDigest, f.Payload, m.c.Payload)); err != nil {
				return err
			}
		}
		if err := m.advance(); err != nil {
			return err
		}
	}
	return nil
}

// before tells the captures that should stand before the record at offset, but
// for which there is none.
func (m *matcher) before(offset int64) error {
	for m.c != nil && m.c.Offset < offset {
		if m.damage == nil {
			if err := m.lost("no record begins there"); err != nil {
				return err
			}
		} else if err := m.hang(m.damage, m.c); err != nil {
			return err
		}
		if err := m.advance(); err != nil {
			return err
		}
	}
	return nil
}

// hang notes that a capture depends on a flaw.
func (v *verifier) hang(f *Flaw, c *dateline.Capture) error {
	if f.Count++; f.Count > dependents {
		return nil
	}
	d, err := v.dependent(c)
	f.Captures = append(f.Captures, d)
	return err
}

// lost tells that the record of the capture at hand is not where it should be.
func (m *matcher) lost(why string) error {
	f := Flaw{Kind: FlawLost, File: m.c.File, Offset: m.c.Offset, Log: "captures", Key: string(m.c.ID), Reason: why}
	if err := m.hang(&f, m.c); err != nil {
		return err
	}
	return m.tell(f)
}

// close tells the damage that was found last, once it is known what depends on it.
func (m *matcher) close() error {
	f := m.damage
	if m.damage = nil; f == nil {
		return nil
	}
	return m.tell(*f)
}

// rest ends the file: no more records come.
func (m *matcher) rest() error {
	if m.next == nil {
		return nil
	}
	if err := m.before(math.MaxInt64); err != nil {
		return err
	}
	return m.close()
}

// unnamed tells a sound record that no capture names, if it is that of one.
// What a killed process left behind the last one is taken in by the next
// command that writes.
func (m *matcher) unnamed(f warc.Finding) error {
	if f.Offset > m.known && m.file == m.last {
		return nil
	}
	rec, err := m.parts.Files.Open(f.File, f.Offset)
	if rec == nil || err != nil {
		return nil // it could be read just now: somebody is changing the file
	}
	if m.taker != nil {
		return m.taker.take(f.File, rec)
	}
	c, err := m.unknown(m.ctx, rec)
	if c == nil || err != nil {
		return err
	}
	return m.tell(Flaw{Kind: FlawUnnamed, File: path.Join(warcFolder, f.File), Offset: f.Offset, Key: string(c.ID),
		Reason: fmt.Sprintf("no capture names this record of %s", c.URL), Repair: repairUnnamed})
}

// missing tells the WARC files that captures name and that are not there, or
// are empty.
func (v *verifier) missing() error {
	files, err := v.parts.Lookup.Files(v.ctx)
	if err != nil {
		return err
	}
	for _, file := range files {
		size, err := v.parts.Files.Size(path.Base(file))
		if err == nil && size > 0 && path.Dir(file) == warcFolder {
			continue
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			continue // told as damage
		}
		f := Flaw{Kind: FlawLost, File: file, Reason: "the WARC file is missing"}
		if err == nil {
			f.Reason = "the WARC file is empty"
		}
		for e, err := range v.parts.Lookup.Placed(v.ctx, file) {
			if err != nil {
				return err
			}
			if err := v.hang(&f, &e.Rec); err != nil {
				return err
			}
		}
		if f.Count == 0 {
			continue // only damaged rows name it
		}
		if err := v.tell(f); err != nil {
			return err
		}
	}
	return nil
}
