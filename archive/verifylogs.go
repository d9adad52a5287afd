package archive

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"dateline"
	"dateline/index"
	"dateline/pipeline"
	"dateline/store"
)

// database checks the structure of archive.db, and the cursors.
func (v *verifier) database(string) error {
	if err := v.progress(StepDatabase, 0, 0, at(StepDatabase, "")); err != nil {
		return err
	}
	if v.parts.Check != nil {
		if err := v.structure(Flaw{Kind: FlawDatabase, File: databaseFile, Repair: repairDatabase}, v.parts.Check(v.ctx)); err != nil {
			return err
		}
	}
	for _, c := range []struct {
		name      pipeline.Name
		at, last  int64
		log, file string
	}{
		{pipeline.Extract, v.ends.extracted, v.ends.captures, "captures", databaseFile},
		{pipeline.Understand, v.ends.understood, v.ends.articles, "articles", databaseFile},
		{pipeline.Group, v.ends.grouped, v.ends.articles, "articles", databaseFile},
		{pipeline.Index, v.ends.indexed, v.ends.findings, "findings", indexFile},
	} {
		if c.at < 0 || c.at > c.last {
			f := Flaw{Kind: FlawDatabase, File: c.file, Log: "cursors", Key: string(c.name), Repair: repairDatabase,
				Reason: fmt.Sprintf("the stage has read to position %d of the log %s, which ends at %d", c.at, c.log, c.last)}
			if c.name == pipeline.Index {
				f.Kind, f.Repair = FlawIndex, repairIndex
			}
			if err := v.tell(f); err != nil {
				return err
			}
		}
	}
	return nil
}

// structure tells what is wrong with the structure of a file, as f.
func (v *verifier) structure(f Flaw, check iter.Seq2[string, error]) error {
	for text, err := range check {
		if err != nil {
			return err
		}
		f.Reason = text
		if err := v.tell(f); err != nil {
			return err
		}
	}
	return nil
}

// walk gives the records of a log that were there when the check began to
// look, and tells the damaged ones. What depends on a row is told by its key.
func walk[T any](v *verifier, step Step, l store.Log[T], from string, last int64, repair string, look func(seq int64, rec *T) error) error {
	seq, _ := strconv.ParseInt(from, 10, 64)
	for e, err := range l.After(v.ctx, seq) {
		damage := (*store.DamageError)(nil)
		switch {
		case errors.As(err, &damage):
			err = v.row(damage, repair)
		case err != nil:
			return err
		case e.Seq <= last:
			err = look(e.Seq, &e.Rec)
		default:
			return nil
		}
		if err != nil {
			return err
		}
		seq = e.Seq
		if err := v.progress(step, min(seq, last), last, at(step, seq)); err != nil {
			return err
		}
	}
	return nil
}

// row tells a damaged row, with what depends on it.
func (v *verifier) row(d *store.DamageError, repair string) error {
	f := Flaw{Kind: FlawRow, File: databaseFile, Log: d.Log, Seq: d.Seq, Key: d.Key, Reason: "the record is damaged: " + d.Err.Error(), Repair: repair}
	id := dateline.CaptureID(d.Key)
	switch d.Log {
	case "captures", "articles", "findings":
	case "groups":
		art, err := v.parts.Lookup.Article(v.ctx, dateline.ArticleID(d.Key))
		if _, err := gone(err); err != nil {
			return err
		}
		if id = ""; err == nil {
			id = art.Capture
		}
	default:
		id = ""
	}
	if id != "" {
		dep := Dependent{Capture: id}
		if art, err := v.parts.Articles.Get(v.ctx, string(id)); err == nil {
			dep.URL, dep.Headline = art.URL, art.Headline
		}
		if c, err := v.Capture(v.ctx, dep.Capture); err == nil {
			dep.URL = c.URL
			if dep.Readable, err = v.readable(v.ctx, c); err != nil {
				return err
			}
		}
		if dep.URL != "" {
			f.Captures, f.Count = []Dependent{dep}, 1
		}
	}
	return v.tell(f)
}

// gone reports whether a record is not there; of a damaged one its own log
// tells.
func gone(err error) (bool, error) {
	switch {
	case errors.Is(err, dateline.ErrNotFound):
		return true, nil
	case errors.As(err, new(*store.DamageError)):
		return false, nil
	}
	return false, err
}

// captures checks every capture of the log: what it repeats, and its article.
func (v *verifier) captures(from string) error {
	return walk(v, StepCaptures, v.parts.Captures, from, v.ends.captures, repairRow, func(seq int64, c *dateline.Capture) error {
		f := Flaw{File: databaseFile, Log: "captures", Seq: seq, Key: string(c.ID), Captures: []Dependent{{Capture: c.ID, URL: c.URL}}, Count: 1}
		if c.Revisit != "" {
			first, err := v.Capture(v.ctx, c.Revisit)
			missing, err := gone(err)
			if err != nil {
				return err
			}
			if missing || first.Payload != "" && (first.Payload != c.Payload || first.Revisit != "") {
				f.Kind, f.Reason = FlawLost, fmt.Sprintf("it repeats the payload of the capture %s, which does not hold it", c.Revisit)
				if err := v.tell(f); err != nil {
					return err
				}
			}
		}
		if seq > v.ends.extracted {
			return nil // its turn has not come
		}
		has, err := v.parts.Articles.Has(v.ctx, string(c.ID))
		if err != nil || has {
			return err
		}
		f.Kind, f.Reason, f.Repair = FlawArticle, "the capture has no article", repairDerived
		return v.tell(f)
	})
}

// articles checks every article: its capture, its findings and its group.
func (v *verifier) articles(from string) error {
	return walk(v, StepArticles, v.parts.Articles, from, v.ends.articles, repairDerived, func(seq int64, art *dateline.Article) error {
		f := Flaw{File: databaseFile, Log: "articles", Seq: seq, Key: string(art.Capture), Count: 1,
			Captures: []Dependent{{Capture: art.Capture, URL: art.URL, Headline: art.Headline}}}
		has, err := v.parts.Captures.Has(v.ctx, string(art.Capture))
		if err != nil {
			return err
		}
		if !has {
			f.Kind, f.Reason, f.Repair = FlawArticle, "the log has no capture of this article", repairOrphan
			if err := v.tell(f); err != nil {
				return err
			}
		}
		stale, err := v.outlived(v.ctx, art)
		if err != nil {
			return err
		}
		if stale {
			f.Kind, f.Reason, f.Repair = FlawArticle, "the article says that its capture cannot be read, but it can", repairDerived
			if err := v.tell(f); err != nil {
				return err
			}
		}
		if err := v.grouped(seq, art, f); err != nil || seq > v.ends.understood {
			return err
		}
		why, err := v.unfitting(v.ctx, art)
		if why == "" || err != nil {
			return err
		}
		if now, err := v.parts.Articles.Get(v.ctx, string(art.Capture)); err != nil || !same(&now, art) {
			return nil // it has been changed meanwhile, and its turn comes again
		}
		f.Kind, f.Reason, f.Repair = FlawFindings, why, repairDerived
		return v.tell(f)
	})
}

// outlived reports whether an article only says that its capture cannot be read
// (see withoutRecord), though it can: the disk has failed for a while, or the page
// was added again.
func (a *Archive) outlived(ctx context.Context, art *dateline.Article) (bool, error) {
	if !strings.HasPrefix(art.Skip, ErrLost.Error()) {
		return false, nil
	}
	c, err := a.parts.Captures.Get(ctx, string(art.Capture))
	if err != nil {
		_, err = gone(err)
		return false, err
	}
	return a.readable(ctx, &c)
}

// unfitting says what is wrong with the findings of an article; "" if nothing
// is, or their own log tells it.
func (a *Archive) unfitting(ctx context.Context, art *dateline.Article) (string, error) {
	was, err := a.parts.Lookup.FoundIn(ctx, art.Capture)
	missing, other := gone(err)
	if missing {
		return "the article has no findings", nil
	}
	if err != nil {
		return "", other
	}
	digest, err := digestOf(*art)
	if err != nil || was == digest {
		return "", err
	}
	if _, err := a.parts.Findings.Get(ctx, string(art.Capture)); err != nil {
		_, err = gone(err)
		return "", err // what was read of damaged findings says nothing
	}
	return "the findings were made of another version of the article", nil
}

// same reports whether two articles are the same record.
func same(a, b *dateline.Article) bool {
	x, errX := digestOf(*a)
	y, errY := digestOf(*b)
	return errX == nil && errY == nil && x == y
}

// findings checks all findings: whether their article is there.
func (v *verifier) findings(from string) error {
	return walk(v, StepFindings, v.parts.Findings, from, v.ends.findings, repairDerived, func(seq int64, found *dateline.Findings) error {
		f := Flaw{Kind: FlawFindings, File: databaseFile, Log: "findings", Seq: seq, Key: string(found.Capture),
			Reason: "the log has no article of these findings", Repair: repairOrphan}
		has, err := v.parts.Articles.Has(v.ctx, string(found.Capture))
		if err != nil || has {
			return err
		}
		return v.tell(f)
	})
}

// groups checks what belongs together. A group whose article is known by another
// address since it was extracted again is no flaw.
func (v *verifier) groups(from string) error {
	return rows(v, StepGroups, v.parts.Groups, from, repairDerived)
}

// decisions checks what users have decided. Nothing can make it again.
func (v *verifier) decisions(from string) error {
	return rows(v, StepDecisions, v.parts.Decisions, from, "")
}

// sources checks what is followed. Nothing can make it again.
func (v *verifier) sources(from string) error {
	return rows(v, StepSources, v.parts.Sources, from, "")
}

// leads checks the addresses that sources have named. Nothing can make them again.
func (v *verifier) leads(from string) error { return rows(v, StepLeads, v.parts.Leads, from, "") }

// corrections checks what users have set right. Nothing can make it again.
func (v *verifier) corrections(from string) error {
	return rows(v, StepCorrections, v.parts.Corrections, from, "")
}

// alerts checks the searches that are kept. Nothing can make them again.
func (v *verifier) alerts(from string) error { return rows(v, StepAlerts, v.parts.Alerts, from, "") }

// notices checks what alerts have told. Nothing can make it again.
func (v *verifier) notices(from string) error {
	return rows(v, StepNotices, v.parts.Notices, from, "")
}

// rows checks every row of a log that hangs on no other; nil is a log that the archive
// does not have.
func rows[T any](v *verifier, step Step, l store.Log[T], from, repair string) error {
	if l == nil {
		return nil
	}
	last, err := l.Last(v.ctx)
	if err != nil {
		return err
	}
	return walk(v, step, l, from, last, repair, func(int64, *T) error { return nil })
}

// grouped tells an article that has no group, as f, if its turn had come.
func (v *verifier) grouped(seq int64, art *dateline.Article, f Flaw) error {
	if seq > v.ends.grouped || art.Skip != "" {
		return nil
	}
	has, err := v.parts.Groups.Has(v.ctx, string(art.ID))
	if err != nil || has {
		return err
	}
	f.Kind, f.Reason, f.Repair = FlawGroup, "the article has no group", repairDerived
	return v.tell(f)
}

// index checks the structure of the index, and holds it against the logs.
func (v *verifier) index(from string) error {
	if err := v.progress(StepIndex, 0, 0, at(StepIndex, from)); err != nil {
		return err
	}
	f := Flaw{Kind: FlawIndex, File: indexFile, Repair: repairIndex}
	if from == "" && !v.asput {
		if err := v.structure(f, v.parts.Index.Check(v.ctx)); err != nil {
			return err
		}
	}
	e := v.ends
	if e.extracted < e.captures || e.understood < e.articles || e.indexed < e.findings {
		return nil // the stages have not come to their end, and the index cannot have either
	}
	next, stop := iter.Pull2(v.parts.Index.Held(v.ctx, dateline.ArticleID(from)))
	defer stop()
	held, err, more := next()
	for id, idErr := range v.parts.Lookup.IDs(v.ctx, dateline.ArticleID(from)) {
		for ; more && err == nil && idErr == nil && held.Article < id; held, err, more = next() {
			if err := v.entry(held, nil); err != nil {
				return err
			}
		}
		if err != nil {
			return v.broken(f, err)
		}
		if idErr != nil {
			return idErr
		}
		entry := index.Entry{Article: id}
		if more && held.Article == id {
			entry = held
			held, err, more = next()
		}
		art, lookErr := v.parts.Lookup.Article(v.ctx, id)
		if lookErr != nil { // told as a row
			if _, err := gone(lookErr); err != nil {
				return err
			}
			continue
		}
		if err := v.entry(entry, art); err != nil {
			return err
		}
		if err := v.progress(StepIndex, 0, 0, at(StepIndex, string(id))); err != nil {
			return err
		}
	}
	for ; more && err == nil; held, err, more = next() {
		if err := v.entry(held, nil); err != nil {
			return err
		}
	}
	if err != nil {
		return v.broken(f, err)
	}
	if v.asput {
		return nil // it holds what was put there, and was put there from the logs as they are
	}
	if err := v.words(f); err != nil {
		return err
	}
	return v.altered(f, alteredIndex(v.parts))
}

// An altering says which pages of a file are not as they were written, see Parts.Altered.
type altering = func(context.Context) (pages []int64, size int64, known bool, err error)

// alteredIndex returns what tells that of the index; nil if nothing does.
func alteredIndex(p Parts) altering {
	if x, ok := p.Index.(interface {
		Altered(context.Context) ([]int64, int64, bool, error)
	}); ok {
		return x.Altered
	}
	return nil
}

// pages looks whether the bytes of the database are those that were written. Where they are
// not, and nothing that stands there was told, they are read by nobody.
func (v *verifier) pages(string) error {
	if err := v.progress(StepPages, 0, 0, at(StepPages, "")); err != nil {
		return err
	}
	v.asput = true
	var database altering // says what was read here, which may take long, once more
	for i, ask := range []altering{v.parts.Altered, alteredIndex(v.parts)} {
		if ask == nil {
			v.asput = false
			continue
		}
		list, size, known, err := ask(v.ctx)
		if v.asput = v.asput && known && len(list) == 0 && err == nil; v.ctx.Err() != nil {
			return v.ctx.Err()
		}
		if i == 0 {
			database = func(context.Context) ([]int64, int64, bool, error) { return list, size, known, err }
		}
	}
	return v.altered(Flaw{Kind: FlawDatabase, File: databaseFile, Repair: repairPage}, database)
}

// altered tells the pages of a file whose bytes are not those that were written, as f, unless
// something else was told of the file.
func (v *verifier) altered(f Flaw, ask altering) error {
	if v.asput || v.told[f.File] || ask == nil {
		return nil
	}
	pages, size, _, err := ask(v.ctx)
	if err != nil {
		return v.broken(f, err)
	}
	for _, page := range pages[:min(len(pages), mostPages)] {
		f.Offset = (page - 1) * size
		f.Reason = fmt.Sprintf("bytes %d to %d are not those that were written; what is stored there is sound, or nothing is", f.Offset, f.Offset+size-1)
		if err := v.tell(f); err != nil {
			return err
		}
	}
	return nil
}

// mostPages is how many pages of a file are told.
const mostPages = 100

// words holds all that the index has of each article against what the article
// gives, and tells those of which it has something else, as f.
func (v *verifier) words(f Flaw) error {
	get := func(id dateline.CaptureID) (index.Doc, error) {
		art, err := v.parts.Articles.Get(v.ctx, string(id))
		if err != nil { // told by its own log, and with the versions
			_, err = gone(err)
			return index.Doc{}, err
		}
		found, err := v.Findings(v.ctx, id)
		if err != nil {
			_, err = gone(err)
			return index.Doc{}, err
		}
		return index.Doc{Article: &art, Findings: found}, v.progress(StepIndex, 0, 0, at(StepIndex, string(art.ID)))
	}
	for e, err := range v.parts.Index.Compare(v.ctx, get) {
		if err != nil {
			return v.broken(f, err)
		}
		if now, err := v.measure(v.ctx); err != nil || now != v.ends {
			return err // somebody works on it
		}
		f.Key, f.Reason = string(e.Article), "the index holds other words or values of the article than the logs"
		f.Captures, f.Count = nil, 0
		if c, err := v.Capture(v.ctx, e.Capture); err == nil {
			if err := v.hang(&f, c); err != nil {
				return err
			}
		}
		if err := v.tell(f); err != nil {
			return err
		}
	}
	return nil
}

// entry holds what the index says of an article against the version that
// stands for it, which is nil if the logs do not have it. An entry without a
// capture stands for none.
func (v *verifier) entry(e index.Entry, art *dateline.Article) error {
	f := Flaw{Kind: FlawIndex, File: indexFile, Key: string(e.Article), Repair: repairIndex}
	listed := art != nil && art.Skip == ""
	switch {
	case listed && e.Capture == "":
		f.Reason = "the article is not in the index"
	case !listed && e.Capture != "":
		f.Reason = "the index holds an article that the logs do not have"
	case listed && e.Capture != art.Capture:
		f.Reason = fmt.Sprintf("the index holds the version %s instead of the newest, %s", e.Capture, art.Capture)
	default:
		return nil
	}
	if listed {
		f.Captures, f.Count = []Dependent{{Capture: art.Capture, URL: art.URL, Headline: art.Headline}}, 1
		if ok, err := v.excused(e, art); ok || err != nil {
			return err
		}
	}
	if now, err := v.measure(v.ctx); err != nil || now != v.ends {
		return err // somebody works on it
	}
	return v.tell(f)
}

// excused reports whether the index may lack the version: its findings are
// damaged, or an equally new one stands there.
func (v *verifier) excused(e index.Entry, art *dateline.Article) (bool, error) {
	if e.Capture == "" {
		_, err := v.parts.Findings.Get(v.ctx, string(art.Capture))
		if missing, other := gone(err); other != nil || missing || err != nil {
			return true, other
		}
		return false, nil
	}
	held, err := v.parts.Articles.Get(v.ctx, string(e.Capture))
	if _, other := gone(err); other != nil {
		return false, other
	}
	return err == nil && held.ID == art.ID && held.Skip == "" && store.Fetched(&held).Equal(store.Fetched(art)), nil
}
