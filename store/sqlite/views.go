package sqlite

// viewSchema makes the views that doc/schema.md documents: the logs as tables
// of typed columns, for whoever opens archive.db with a program of their own.
// They are views and not tables, see doc/decisions/store.md. Columns that an
// index of schema.go is over are not cast, so that it is used.
//
// SQLite 3.40 has to understand all of it. What it lacks, such as
// octet_length, concat, ORDER BY within an aggregate, jsonb and the
// contentless_delete of FTS5, must not be used here; a test looks.
//
// Spans count bytes of UTF-8, which substr counts only in a BLOB.
//
// viewSchema are the views that files have had since version 5, moreViews what came with
// version 12. A file between these has an article view with fewer columns, which moreViews
// replaces; what it looks up in the groups need not be there when the view is made.
var (
	viewSchema = captureView + articleView + statementView + mentionView + dateView
	moreViews  = `DROP VIEW article;` + articleView + versionView + storyView + eventView
)

const captureView = `
CREATE VIEW capture AS SELECT
	key AS capture,
	rec ->> 'url' AS url,
	CAST(rec ->> 'final' AS TEXT) AS final,
	CAST(rec ->> 'fetched' AS TEXT) AS fetched,
	CAST(rec ->> 'status' AS INTEGER) AS status,
	CAST(rec ->> 'type' AS TEXT) AS type,
	CAST(rec ->> 'charset' AS TEXT) AS charset,
	rec ->> 'payload' AS payload,
	CAST(rec ->> 'length' AS INTEGER) AS length,
	CAST(rec ->> 'file' AS TEXT) AS file,
	CAST(coalesce(rec ->> 'offset', 0) AS INTEGER) AS offset,
	CAST(rec ->> 'revisit' AS TEXT) AS revisit,
	CAST(rec ->> 'err' AS TEXT) AS err
FROM captures;
`

const articleView = `
CREATE VIEW article AS SELECT
	key AS capture,
	rec ->> 'id' AS article,
	rec ->> 'url' AS url,
	CAST(rec ->> 'canonical' AS TEXT) AS canonical,
	CAST(rec ->> 'fetched' AS TEXT) AS fetched,
	CAST(rec ->> 'payload' AS TEXT) AS payload,
	CAST(rec ->> 'headline' AS TEXT) AS headline,
	CAST(rec ->> 'deck' AS TEXT) AS deck,
	CAST(rec -> 'bylines' AS TEXT) AS bylines,
	CAST(rec ->> '$.dateline.place' AS TEXT) AS place,
	CAST(rec ->> '$.dateline.agency' AS TEXT) AS agency,
	CAST(rec ->> 'published' AS TEXT) AS published,
	CAST(rec ->> 'modified' AS TEXT) AS modified,
	CAST(rec ->> 'lang' AS TEXT) AS lang,
	CAST(rec ->> 'type' AS TEXT) AS type,
	CAST(rec ->> 'section' AS TEXT) AS section,
	CAST(rec -> 'tags' AS TEXT) AS tags,
	CAST(coalesce(rec ->> '$.publisher.name', rec ->> '$.publisher.site') AS TEXT) AS publisher,
	CAST(rec ->> '$.publisher.site' AS TEXT) AS site,
	CAST(coalesce(rec ->> 'paywalled', 0) AS INTEGER) AS paywalled,
	CAST(rec ->> 'copy_of' AS TEXT) AS copy_of,
	CAST(rec ->> 'skip' AS TEXT) AS skip,
	CAST(rec ->> 'text' AS TEXT) AS text,
	CAST(rec -> 'blocks' AS TEXT) AS blocks,
	CAST(rec -> 'authors' AS TEXT) AS authors,
	CAST(rec -> 'credits' AS TEXT) AS credits,
	CAST(rec -> 'images' AS TEXT) AS images,
	CAST(rec -> 'corrections' AS TEXT) AS corrections,
	CAST(rec -> 'evidence' AS TEXT) AS evidence,
	(SELECT g.rec ->> 'report' FROM groups g WHERE g.key = a.rec ->> 'id') AS report,
	(SELECT g.rec ->> 'event' FROM groups g WHERE g.key = a.rec ->> 'id') AS event,
	(SELECT g.rec ->> 'story' FROM groups g WHERE g.key = a.rec ->> 'id') AS story
FROM articles a;
`

// earlier is whether the version b was captured before a; what is captured at the same
// time counts in the order in which it came in.
const earlier = `b.rec ->> 'id' = a.rec ->> 'id' AND (coalesce(b.rec ->> 'fetched', ''), b.seq) < (coalesce(a.rec ->> 'fetched', ''), a.seq)`

const versionView = `
CREATE VIEW version AS SELECT
	a.key AS capture,
	a.rec ->> 'id' AS article,
	(SELECT count(*) FROM articles b WHERE ` + earlier + `) + 1 AS n,
	(SELECT count(*) FROM articles b WHERE b.rec ->> 'id' = a.rec ->> 'id') AS versions,
	CAST(a.rec ->> 'fetched' AS TEXT) AS fetched,
	a.rec ->> 'url' AS url,
	CAST(a.rec ->> 'payload' AS TEXT) AS payload,
	CAST(a.rec ->> 'headline' AS TEXT) AS headline,
	CAST(a.rec ->> 'published' AS TEXT) AS published,
	CAST(a.rec ->> 'modified' AS TEXT) AS modified,
	CAST(coalesce(a.rec ->> '$.publisher.name', a.rec ->> '$.publisher.site') AS TEXT) AS publisher,
	CAST(coalesce(a.rec ->> 'paywalled', 0) AS INTEGER) AS paywalled,
	CAST(a.rec ->> 'skip' AS TEXT) AS skip,
	CAST(a.rec ->> 'text' AS TEXT) AS text
FROM articles a;
`

const storyView = `
CREATE VIEW story AS SELECT
	g.rec ->> 'story' AS story,
	count(*) AS articles,
	count(DISTINCT g.rec ->> 'report') AS reports,
	count(DISTINCT g.rec ->> 'event') AS events,
	min(CAST(g.rec ->> 'day' AS TEXT)) AS first_day,
	max(CAST(g.rec ->> 'day' AS TEXT)) AS last_day,
	(SELECT max(CAST(a.rec ->> 'headline' AS TEXT)) FROM articles a WHERE a.rec ->> 'id' = g.rec ->> 'story') AS headline
FROM groups g GROUP BY g.rec ->> 'story';
`

// inPart is the part of the article a that the finding x lies in, as bytes.
const inPart = `CAST(CASE x.value ->> 'in' WHEN 'deck' THEN a.rec ->> 'deck' ELSE a.rec ->> 'text' END AS BLOB)`

// The columns that views of findings begin and end with.
const (
	whose = `
	f.key AS capture,
	a.rec ->> 'id' AS article,
	x.key + 1 AS n`
	printed = `
	CAST(coalesce(x.value ->> 'in', 'text') AS TEXT) AS part` + printedRule
	printedRule = `,
	CAST(x.value ->> 'rule' AS TEXT) AS rule,
	CAST(a.rec ->> 'headline' AS TEXT) AS headline,
	CAST(coalesce(a.rec ->> '$.publisher.name', a.rec ->> '$.publisher.site') AS TEXT) AS publisher,
	CAST(a.rec ->> 'published' AS TEXT) AS published,
	CAST(coalesce(a.rec ->> 'canonical', a.rec ->> 'url') AS TEXT) AS url`
)

// spans is what stands at a list of spans of the finding x.
func spans(list, between string) string {
	return `(SELECT group_concat(CAST(substr(` + inPart + `, (s.value ->> 0) + 1, (s.value ->> 1) - (s.value ->> 0)) AS TEXT), '` +
		between + `') FROM json_each(x.value, '$.` + list + `') s)`
}

var statementView = `
CREATE VIEW statement AS SELECT` + whose + `,
	CAST(x.value ->> 'who' AS TEXT) AS who,
	` + spans("speaker", " ") + ` AS called,
	` + spans("content", " … ") + ` AS text,
	` + spans("cue", " … ") + ` AS cue,
	CAST(x.value ->> 'kind' AS TEXT) AS kind,
	CAST(x.value ->> 'role' AS TEXT) AS role,
	CAST(x.value ->> 'medium' AS TEXT) AS medium,
	CAST(x.value -> 'to' AS TEXT) AS addressees,
	CAST(x.value ->> 'on' AS TEXT) AS said_on,
	CAST(x.value -> 'via' AS TEXT) AS via,
	CAST(x.value ->> 'hedge' AS TEXT) AS hedge,
	CAST(x.value ->> 'polarity' AS TEXT) AS polarity,
	CAST(x.value ->> 'confidence' AS REAL) AS confidence,
	CAST(x.value ->> 'resolved' AS TEXT) AS resolved,
	CAST(x.value -> 'content' AS TEXT) AS content_spans,
	CAST(x.value -> 'speaker' AS TEXT) AS speaker_spans,
	CAST(x.value -> 'cue' AS TEXT) AS cue_spans,` + printed + `
FROM findings f JOIN articles a ON a.key = f.key JOIN json_each(f.rec, '$.statements') x;
`

var mentionView = `
CREATE VIEW mention AS SELECT` + whose + `,
	CAST(x.value ->> 'text' AS TEXT) AS text,
	CAST(x.value ->> 'kind' AS TEXT) AS kind,
	CAST(x.value ->> 'entity' AS TEXT) AS entity,
	CAST(x.value ->> '$.role.text' AS TEXT) AS role,
	CAST(x.value ->> 'start' AS INTEGER) AS start,
	CAST(x.value ->> 'end' AS INTEGER) AS stop,` + printed + `
FROM findings f JOIN articles a ON a.key = f.key JOIN json_each(f.rec, '$.mentions') x;
`

var dateView = `
CREATE VIEW date AS SELECT` + whose + `,
	CAST(x.value ->> 'text' AS TEXT) AS text,
	CAST(x.value ->> 'type' AS TEXT) AS type,
	CAST(x.value ->> 'value' AS TEXT) AS value,
	CAST(x.value ->> 'mod' AS TEXT) AS mod,
	CAST(x.value ->> 'basis' AS TEXT) AS basis,
	CAST(x.value ->> 'start' AS INTEGER) AS start,
	CAST(x.value ->> 'end' AS INTEGER) AS stop,` + printed + `
FROM findings f JOIN articles a ON a.key = f.key JOIN json_each(f.rec, '$.dates') x;
`

var eventView = `
CREATE VIEW event AS SELECT` + whose + `,
	CAST(x.value ->> 'kind' AS TEXT) AS kind,
	CAST(x.value ->> '$.trigger.text' AS TEXT) AS trigger_words,
	CAST(x.value -> 'from' AS TEXT) AS actors,
	CAST(x.value -> 'to' AS TEXT) AS addressees,
	CAST(x.value -> 'behalf' AS TEXT) AS behalf,
	CAST(x.value ->> 'medium' AS TEXT) AS medium,
	CAST(x.value ->> 'on' AS TEXT) AS on_day,
	CAST(x.value ->> 'polarity' AS TEXT) AS polarity,
	(x.value ->> 'answers') + 1 AS answers,
	CAST(substr(CAST(CASE x.value ->> '$.trigger.in' WHEN 'deck' THEN a.rec ->> 'deck' ELSE a.rec ->> 'text' END AS BLOB),
		(x.value ->> '$.sentence[0]') + 1, (x.value ->> '$.sentence[1]') - (x.value ->> '$.sentence[0]')) AS TEXT) AS sentence,
	CAST(x.value ->> '$.trigger.start' AS INTEGER) AS start,
	CAST(x.value ->> '$.trigger.end' AS INTEGER) AS stop,
	CAST(coalesce(x.value ->> '$.trigger.in', 'text') AS TEXT) AS part` + printedRule + `
FROM findings f JOIN articles a ON a.key = f.key JOIN json_each(f.rec, '$.events') x;
`
