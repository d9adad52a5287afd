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
var viewSchema = captureView + articleView + statementView + mentionView + dateView

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
	CAST(rec ->> 'section' AS TEXT) AS section,
	CAST(rec -> 'tags' AS TEXT) AS tags,
	CAST(coalesce(rec ->> '$.publisher.name', rec ->> '$.publisher.site') AS TEXT) AS publisher,
	CAST(rec ->> '$.publisher.site' AS TEXT) AS site,
	CAST(coalesce(rec ->> 'paywalled', 0) AS INTEGER) AS paywalled,
	CAST(rec ->> 'skip' AS TEXT) AS skip,
	CAST(rec ->> 'text' AS TEXT) AS text,
	CAST(rec -> 'blocks' AS TEXT) AS blocks,
	CAST(rec -> 'evidence' AS TEXT) AS evidence
FROM articles;
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
	CAST(coalesce(x.value ->> 'in', 'text') AS TEXT) AS part,
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
