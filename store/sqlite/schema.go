package sqlite

import "dateline/internal/sqlfile"

// format is the format of archive.db. Until version 4 the file held the index,
// too.
var format = sqlfile.Format{
	Name: "archive",
	ID:   0x646c6e31,
	Migrations: []string{
		logSchema, // and, until version 4, the first tables of the index
		``,        // a change of the index, which the file held then: days spoken of
		decisionSchema,
		placeSchema,
		dropOldIndex + viewSchema,
		addSums,
		`DROP VIEW statement;` + statementView, // polarity
		followSchema,
		groupSchema,
		sealSchema,
		`CREATE INDEX IF NOT EXISTS groups_event ON groups (rec ->> 'event');`,
		moreViews,
		alertSchema,
		`CREATE INDEX IF NOT EXISTS leads_next ON leads (rec ->> 'next', key) WHERE rec ->> 'next' IS NOT NULL;`,
	},
	Advice: `"dateline rebuild index" does it`,
}

// lastWithIndex is the last version of the file that held the index.
const lastWithIndex = 4

// The logs, the cursors, and what finds a record in the logs by something else
// than its key.
const logSchema = `
CREATE TABLE captures (seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, rec TEXT NOT NULL);
CREATE TABLE articles (seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, rec TEXT NOT NULL);
CREATE TABLE findings (seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, rec TEXT NOT NULL);
CREATE TABLE cursors (name TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;

CREATE INDEX captures_url ON captures (rec ->> 'url');
CREATE INDEX captures_payload ON captures (rec ->> 'payload') WHERE rec ->> 'revisit' IS NULL;
CREATE INDEX articles_id ON articles (rec ->> 'id');
CREATE INDEX articles_url ON articles (rec ->> 'url');
`

// What users have decided about speakers: a log that no other can restore.
const decisionSchema = `
CREATE TABLE decisions (seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, rec TEXT NOT NULL);
`

// Where the records of captures stand.
const placeSchema = `
CREATE INDEX captures_place ON captures (rec ->> 'file', rec ->> 'offset');
`

// The sources that are followed, and the addresses that they have named.
const followSchema = `
CREATE TABLE sources (seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, rec TEXT NOT NULL, sum INTEGER NOT NULL DEFAULT 0);
CREATE TABLE leads (seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, rec TEXT NOT NULL, sum INTEGER NOT NULL DEFAULT 0);
`

// What belongs together: copies, events and stories.
const groupSchema = `
CREATE TABLE groups (seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, rec TEXT NOT NULL, sum INTEGER NOT NULL DEFAULT 0);
CREATE INDEX groups_story ON groups (rec ->> 'story');
CREATE INDEX groups_report ON groups (rec ->> 'report');
`

// The manifests of digests, and where they stand in the WARC files.
const sealSchema = `
CREATE TABLE seals (seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, rec TEXT NOT NULL, sum INTEGER NOT NULL DEFAULT 0);
`

// What users have set right, the searches that they keep, and what these tell.
const alertSchema = `
CREATE TABLE corrections (seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, rec TEXT NOT NULL, sum INTEGER NOT NULL DEFAULT 0);
CREATE TABLE alerts (seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, rec TEXT NOT NULL, sum INTEGER NOT NULL DEFAULT 0);
CREATE TABLE notices (seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, rec TEXT NOT NULL, sum INTEGER NOT NULL DEFAULT 0);
`

// dropOldIndex takes the index out of a file of version 4 or older. It lies in
// a file of its own now, with the cursor of the stage that fills it.
const dropOldIndex = `
DROP TABLE IF EXISTS said_by;
DROP TABLE IF EXISTS said;
DROP TABLE IF EXISTS spoken;
DROP TABLE IF EXISTS fts;
DROP TABLE IF EXISTS facet_values;
DROP TABLE IF EXISTS gone;
DROP TABLE IF EXISTS docs;
DROP TABLE IF EXISTS index_state;
DELETE FROM cursors WHERE name = 'index';
`
