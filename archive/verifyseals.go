package archive

import (
	"errors"
	"fmt"
	"path"

	"dateline"
	"dateline/store"
	"dateline/warc"
)

// A sealCheck holds the records of the WARC files, which come in their order, against
// the manifests that list them.
type sealCheck struct {
	*verifier
	seals   []dateline.Seal
	now     int               // index in seals of the manifest at hand, or of the next one
	left    map[string]string // lines of that manifest whose record has not come; nil before its first record
	late    bool              // the check began behind its first record
	damaged bool              // something in its range is no sound record, which has been told
}

// begin reads where the manifests stand, checks each and the chain of them.
func (k *sealCheck) begin(from warc.Place) error {
	seals, err := k.Seals(k.ctx)
	if damage := (*store.DamageError)(nil); errors.As(err, &damage) {
		return k.tell(Flaw{Kind: FlawRow, File: databaseFile, Log: "seals", Seq: damage.Seq, Key: damage.Key, Reason: damage.Err.Error(), Repair: repairRow})
	}
	if err != nil {
		return err
	}
	k.seals = seals
	for i := range seals {
		s := &seals[i]
		why := ""
		switch {
		case i > 0 && s.Number != seals[i-1].Number+1, i == 0 && s.Number != 1:
			why = "the manifest before it is missing"
		case i > 0 && s.Previous != seals[i-1].Digest:
			why = fmt.Sprintf("it names another digest than that of manifest %d", seals[i-1].Number)
		}
		if why != "" {
			if err := k.flaw(s, why); err != nil {
				return err
			}
		}
	}
	for k.now < len(seals) && placeIn(seals[k.now].Last).Compare(from) < 0 {
		k.now++
	}
	return nil
}

// flaw tells what is wrong with a manifest.
func (k *sealCheck) flaw(s *dateline.Seal, why string) error {
	return k.tell(Flaw{Kind: FlawSeal, File: s.At.File, Offset: s.At.Offset, Key: fmt.Sprintf("manifest %d", s.Number), Reason: why})
}

// take compares one record with the manifest that lists what stands there.
func (k *sealCheck) take(f warc.Finding) error {
	for k.now < len(k.seals) && placeIn(k.seals[k.now].Last).Compare(f.Place) < 0 {
		if err := k.end(); err != nil {
			return err
		}
	}
	if k.now == len(k.seals) || !covers(&k.seals[k.now], f.Place) {
		return nil
	}
	s := &k.seals[k.now]
	if k.left == nil {
		k.left, k.late, k.damaged = map[string]string{}, placeIn(s.First).Compare(f.Place) < 0, false
		m, _, _, err := k.Manifest(k.ctx, s)
		switch {
		case errors.Is(err, ErrLost):
			k.late = true // nothing more can be said of it
			return k.flaw(s, err.Error())
		case err != nil:
			return err
		}
		for _, line := range m.Records {
			k.left[line.ID] = line.Record
		}
	}
	want, listed := k.left[f.ID]
	delete(k.left, f.ID)
	switch {
	case f.Err != nil:
		k.damaged = true
		return nil
	case listed && want != f.Digest:
		return k.flaw(s, fmt.Sprintf("it lists the record %s, %s at byte %d, with the digest %s, which now has %s", f.ID, path.Join(warcFolder, f.File), f.Offset, want, f.Digest))
	}
	return nil
}

// end ends the manifest at hand: no more of its records come.
func (k *sealCheck) end() error {
	s := &k.seals[k.now]
	k.now++
	left := k.left
	k.left = nil
	if len(left) == 0 || k.late || k.damaged {
		return nil
	}
	return k.flaw(s, fmt.Sprintf("%d of the records that it lists are not there", len(left)))
}

// rest ends the manifests that are left.
func (k *sealCheck) rest() error {
	for k.now < len(k.seals) && k.left != nil {
		if err := k.end(); err != nil {
			return err
		}
	}
	return nil
}
