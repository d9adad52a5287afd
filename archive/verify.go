package archive

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"dateline"
	"dateline/internal/sqlfile"
	"dateline/pipeline"
)

// VerifyOptions tune [Archive.Verify]. The zero value is useful.
type VerifyOptions struct {
	// From is where to begin: the Position that an earlier check had come to.
	// "" is the beginning.
	From Position
	// Progress is told how far the check has come; may be nil.
	Progress func(Progress)
}

// Progress says how far a check has come.
type Progress struct {
	Step        Step     // that is under way
	Done, Total int64    // bytes of the WARC files, or records of a log; Total is 0 if it is not known
	Position    Position // from here the check can go on
}

// A Step is a part of a check.
type Step string

// The steps of a check, in their order.
const (
	StepRecords     Step = "records"     // every WARC record, and every capture and manifest with its records
	StepDatabase    Step = "database"    // the structure of archive.db, and the cursors
	StepCaptures    Step = "captures"    // every row of the log, with its article
	StepArticles    Step = "articles"    // every row of the log, with its capture, its findings and its group
	StepFindings    Step = "findings"    // every row of the log, with its article
	StepGroups      Step = "groups"      // every row of the log
	StepDecisions   Step = "decisions"   // every row of the log
	StepSources     Step = "sources"     // every row of the log
	StepLeads       Step = "leads"       // every row of the log
	StepCorrections Step = "corrections" // every row of the log
	StepAlerts      Step = "alerts"      // every row of the log
	StepNotices     Step = "notices"     // every row of the log
	StepPages       Step = "pages"       // the bytes of archive.db, and of the index
	StepIndex       Step = "index"       // the structure of the index, and what it holds
)

// A Position is a place in a check: "articles:1200".
type Position string

// at returns the position of a step.
func at[T int64 | string](s Step, place T) Position { return Position(fmt.Sprintf("%s:%v", s, place)) }

// Verify checks what the archive holds, and yields what is wrong:
//
//   - every WARC record: whether it can be read, its block and payload have the
//     digests that it prints, and a capture names it;
//   - every capture: whether its record stands where it says, with its ID, and the
//     digest of its payload;
//   - every manifest: whether it is what was sealed and signed, names the one before, and
//     lists the records as they are;
//   - every row of every log: whether it is what was put there;
//   - every article and all findings: whether what they were made of is there, the
//     findings are those of the article as it is, and the article has a group;
//   - the files of database and index: whether every byte is as it was written, also where
//     nothing is stored, unless they were being written to when a process was killed;
//   - the index: whether it holds the articles that the logs hold. What it holds of each is
//     looked at where its bytes, or those of the database, may not be those that were written.
//
// What is being added or worked on meanwhile, or was when a process was
// killed, is no flaw: the next command that writes goes on with it. Memory is
// that of the largest record. The sequence ends after an error, which says that
// the check itself failed; no damage does that.
func (a *Archive) Verify(ctx context.Context, o VerifyOptions) iter.Seq2[Flaw, error] {
	return func(yield func(Flaw, error) bool) {
		v := &verifier{Archive: a, ctx: ctx, o: o, yield: yield, told: map[string]bool{}}
		if err := v.run(); err != nil && err != errEnough {
			yield(Flaw{}, err)
		}
	}
}

// errEnough says that nobody wants more of what is being told.
var errEnough = errors.New("enough")

// A verifier is one call of Verify under way.
type verifier struct {
	*Archive
	ctx   context.Context
	o     VerifyOptions
	yield func(Flaw, error) bool
	told  map[string]bool // files of which flaws were told
	asput bool            // the bytes of database and index are those that were written
	taker *taker          // is given records that no capture names, in place of telling them; may be nil
	ends  ends
}

// The ends of the logs and the cursors when the check began: what came behind
// them is not looked at.
type ends struct{ captures, articles, findings, extracted, understood, grouped, indexed int64 }

func (v *verifier) run() error {
	var err error
	if v.ends, err = v.measure(v.ctx); err != nil {
		return v.broken(Flaw{Kind: FlawDatabase, File: databaseFile, Repair: repairDatabase}, err)
	}
	from, place, _ := strings.Cut(string(v.o.From), ":")
	begun := from == ""
	for _, s := range []struct {
		step Step
		do   func(place string) error
	}{
		{StepRecords, v.records}, {StepDatabase, v.database}, {StepCaptures, v.captures}, {StepArticles, v.articles},
		{StepFindings, v.findings}, {StepGroups, v.groups}, {StepDecisions, v.decisions}, {StepSources, v.sources},
		{StepLeads, v.leads}, {StepCorrections, v.corrections}, {StepAlerts, v.alerts}, {StepNotices, v.notices},
		{StepPages, v.pages}, {StepIndex, v.index},
	} {
		if !begun && string(s.step) != from {
			continue
		}
		if err := s.do(place); err != nil {
			f := Flaw{Kind: FlawDatabase, File: databaseFile, Key: "the check of " + string(s.step), Repair: repairDatabase}
			if err := v.broken(f, err); err != nil {
				return err
			}
		}
		begun, place = true, ""
	}
	if !begun {
		return fmt.Errorf("%q is no position of a check", v.o.From)
	}
	return nil
}

// measure returns the ends of the logs as they are now.
func (a *Archive) measure(ctx context.Context) (e ends, err error) {
	// The cursors first: what is put meanwhile lies behind them.
	for _, get := range []struct {
		to  *int64
		ask func() (int64, error)
	}{
		{&e.indexed, func() (int64, error) { return a.parts.Index.Cursor(ctx, string(pipeline.Index)) }},
		{&e.grouped, func() (int64, error) { return a.parts.Cursors.Cursor(ctx, string(pipeline.Group)) }},
		{&e.understood, func() (int64, error) { return a.parts.Cursors.Cursor(ctx, string(pipeline.Understand)) }},
		{&e.extracted, func() (int64, error) { return a.parts.Cursors.Cursor(ctx, string(pipeline.Extract)) }},
		{&e.findings, func() (int64, error) { return a.parts.Findings.Last(ctx) }},
		{&e.articles, func() (int64, error) { return a.parts.Articles.Last(ctx) }},
		{&e.captures, func() (int64, error) { return a.parts.Captures.Last(ctx) }},
	} {
		if *get.to, err = get.ask(); err != nil {
			return e, err
		}
	}
	return e, nil
}

// tell yields a flaw.
func (v *verifier) tell(f Flaw) error {
	v.told[f.File] = true
	if !v.yield(f, nil) {
		return errEnough
	}
	return v.ctx.Err()
}

// broken tells the flaw f of what cannot be read any further, if damage is the
// reason. Any other error is one of the check.
func (v *verifier) broken(f Flaw, err error) error {
	if v.ctx.Err() != nil || !sqlfile.Damaged(err) && !sqlfile.Unfit(err) {
		return err
	}
	f.Reason = "it cannot be read: " + err.Error()
	return v.tell(f)
}

// progress tells how far a step has come.
func (v *verifier) progress(s Step, done, total int64, p Position) error {
	if v.o.Progress != nil {
		v.o.Progress(Progress{s, done, total, p})
	}
	return v.ctx.Err()
}

// dependent describes a capture that depends on a flaw.
func (v *verifier) dependent(c *dateline.Capture) (Dependent, error) {
	d := Dependent{Capture: c.ID, URL: c.URL}
	if art, err := v.parts.Articles.Get(v.ctx, string(c.ID)); err == nil {
		d.Headline = art.Headline
	}
	var err error
	d.Readable, err = v.readable(v.ctx, c)
	return d, err
}
