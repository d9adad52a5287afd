package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"

	"dateline/answer"
)

// An operation is what programs are told of a route: what it answers, and by which
// parameters.
type operation struct {
	summary string
	answer  reflect.Type // of package answer
	params  []*parameter
	list    string // key of the list that it is also given as, as CSV and as lines of JSON; "" if there is none
}

// A parameter of the query part of an address, as OpenAPI has it.
type parameter struct {
	Name        string         `json:"name"`
	In          string         `json:"in"`
	Required    bool           `json:"required,omitempty"`
	Description string         `json:"description"`
	Schema      map[string]any `json:"schema"`
}

// The parameters that routes take.
var (
	qParam         = textParam("q", "the query, in the search language (/help.json); empty finds everything")
	cursorParam    = textParam("cursor", "next of the answer before: the list goes on there, whatever has come in meanwhile")
	inParam        = textParam("in", "key of an article in which the speaker speaks, where several have the name")
	mediumParam    = textParam("medium", "only what was said so: tweet, letter, interview …; none for what does not tell")
	publisherParam = textParam("publisher", "only what this outlet prints")
	fromParam      = textParam("from", "key of the earlier capture; the one before it if not given")
	fromDayParam   = textParam("from", "the first day, as 2022-02-10")
	toDayParam     = textParam("to", "the last day, as 2022-02-10")
	daysParam      = numberParam("days", "how many days at most", mostTimelineDays)
	sinceParam     = textParam("since", "a day, as 2022-02-10: stories with articles on it or later")
	sentencesParam = numberParam("sentences", "how many sentences a day", mostTimelineSentences)
	allParam       = oneOf("all", "less certain statements, too", "1")
	statedParam    = oneOf("all", "changes that the article states itself, too", "1")
	sortParam      = oneOf("sort", "order of the hits", "newest", "best")
	oldestParam    = oneOf("sort", "order of the days", "newest", "oldest")
	pageParam      = numberParam("page", "which page, from 1", lastPage)
	limitParam     = numberParam("limit", "how many items", mostItems)
)

// operations are what programs are told, by the path of the twin. A route whose twin is
// not among them fails a test.
var operations = map[string]operation{
	"/index.json":                                 {"The archive at a glance", of[answer.Home](), nil, ""},
	"/search.json":                                {"Articles that a query finds", of[answer.Search](), takes(qParam, allParam, sortParam, pageParam, limitParam, cursorParam), "hits"},
	"/calendar.json":                              {"Days that articles speak of", of[answer.Calendar](), takes(qParam, oldestParam), ""},
	"/article/{id}.json":                          {"The newest version of an article", of[answer.Article](), takes(qParam, allParam), ""},
	"/article/{id}/v/{capture}.json":              {"One version of an article", of[answer.Article](), takes(qParam, allParam), ""},
	"/article/{id}/why.json":                      {"Why the newest version is read as it is", of[answer.Why](), nil, ""},
	"/article/{id}/v/{capture}/why.json":          {"Why one version is read as it is", of[answer.Why](), nil, ""},
	"/article/{id}/diff.json":                     {"The last change of an article", of[answer.Diff](), takes(fromParam), ""},
	"/article/{id}/v/{capture}/diff.json":         {"The change of an article up to one capture", of[answer.Diff](), takes(fromParam), ""},
	"/sources.json":                               {"The sources that are followed", of[answer.Sources](), nil, "sources"},
	"/alerts.json":                                {"The searches that are kept", of[answer.Alerts](), nil, "alerts"},
	"/alert/{name}.json":                          {"One of them, and what it has told", of[answer.Alert](), nil, "notices"},
	"/decisions.json":                             {"What users have decided", of[answer.Decisions](), nil, ""},
	"/article/{id}/correct.json":                  {"What users have set right in an article", of[answer.Decisions](), nil, ""},
	"/changes.json":                               {"What outlets changed", of[answer.Changes](), takes(qParam, statedParam), "changes"},
	"/statements.json":                            {"Who is reported to have said what", of[answer.FoundStatements](), takes(qParam, allParam, limitParam, cursorParam), "statements"},
	"/stories.json":                               {"The stories that several reports tell", of[answer.Stories](), takes(sinceParam, limitParam, cursorParam), "stories"},
	"/story/{id}.json":                            {"One story", of[answer.Story](), nil, ""},
	"/article/{id}/v/{capture}/cite/{words}.json": {"The citation of a statement", of[answer.Citation](), nil, ""},
	"/speaker/{name}.json":                        {"What somebody is reported to have said", of[answer.Speaker](), takes(inParam, mediumParam, publisherParam, allParam, pageParam), ""},
	"/person/{name}.json":                         {"Everything about a person whom articles name", of[answer.Thing](), nil, ""},
	"/org/{name}.json":                            {"Everything about an organisation that articles name", of[answer.Thing](), nil, ""},
	"/place/{name}.json":                          {"Everything about a place that articles name", of[answer.Thing](), nil, ""},
	"/capture/{id}.json":                          {"The evidence", of[answer.Capture](), nil, ""},
	"/help.json":                                  {"The search language", of[answer.Help](), nil, ""},
	"/timeline.json":                              {"Days of a story, with the sentences that most reports support", of[answer.Timeline](), takes(qParam, fromDayParam, toDayParam, daysParam, sentencesParam), ""},
	"/exchanges.json":                             {"Requests and their replies", of[answer.Exchanges](), takes(qParam), ""},
}

func textParam(name, description string) *parameter {
	return &parameter{Name: name, In: "query", Description: description, Schema: map[string]any{"type": "string"}}
}

func oneOf(name, description string, values ...string) *parameter {
	return &parameter{Name: name, In: "query", Description: description, Schema: map[string]any{"type": "string", "enum": values}}
}

func numberParam(name, description string, most int) *parameter {
	return &parameter{Name: name, In: "query", Description: description, Schema: map[string]any{"type": "integer", "minimum": 1, "maximum": most}}
}

func of[T any]() reflect.Type { return reflect.TypeFor[T]() }

func takes(p ...*parameter) []*parameter { return p }

// twinOf returns the path of the JSON twin that a pattern of a route serves.
func twinOf(pattern string) string {
	path := strings.TrimPrefix(pattern, "GET ")
	if strings.HasSuffix(path, ".json") {
		return path
	}
	return path + ".json"
}

// object is a part of the description.
type object = map[string]any

// newDescription describes every route that programs are told of, by OpenAPI 3.1: made of
// the routes and of the types of their answers.
func newDescription(routes []route, version string) ([]byte, error) {
	d := describing{schemas: object{}}
	paths := object{}
	for _, r := range routes {
		path := twinOf(r.pattern)
		if o, ok := operations[path]; ok && paths[path] == nil {
			d.add(o.answer)
			paths[path] = object{"get": d.operation(path, o)}
		}
	}
	d.add(of[answer.Problem]())
	d.add(of[answer.WebhookCall]())
	if d.err != nil {
		return nil, d.err
	}
	about := object{
		"openapi": "3.1.0",
		"info": object{
			"title": "Dateline", "version": version, "license": object{"name": "Apache 2.0", "identifier": "Apache-2.0"},
			"description": "What an archive of news can be asked. Each page of the web interface has this twin; doc/api.md says what may change.",
		},
		"paths": paths,
		"components": object{
			"schemas": d.schemas,
			"securitySchemes": object{
				"password": object{"type": "http", "scheme": "basic"},
				"token":    object{"type": "http", "scheme": "bearer"},
			},
		},
		"security": []object{{}, {"password": []string{}}, {"token": []string{}}},
	}
	b, err := json.MarshalIndent(about, "", "  ")
	return append(b, '\n'), err
}

// A describing collects the schemas that a description refers to; the first error stays
// in err.
type describing struct {
	schemas object
	err     error
}

// add adds the schema of a type, and of the types in it.
func (d *describing) add(t reflect.Type) {
	var s object
	if err := json.Unmarshal(answer.Schema(t), &s); err != nil {
		d.err = fmt.Errorf("schema of %s: %w", t, err)
		return
	}
	parts, _ := s["$defs"].(object)
	for name, part := range parts {
		d.put(name, part)
	}
	delete(s, "$defs")
	delete(s, "$schema")
	d.put(t.Name(), s)
}

// put adds a schema under a name. References in it are to the components.
func (d *describing) put(name string, schema any) {
	refer(schema)
	s, _ := schema.(object)
	delete(s, "title")
	if before, ok := d.schemas[name]; ok && !reflect.DeepEqual(before, schema) && d.err == nil {
		d.err = fmt.Errorf("two schemas are called %s", name)
	}
	d.schemas[name] = schema
}

// refer makes references within a schema such ones to components.
func refer(v any) {
	switch v := v.(type) {
	case object:
		if ref, ok := v["$ref"].(string); ok {
			v["$ref"] = strings.Replace(ref, "#/$defs/", "#/components/schemas/", 1)
		}
		for _, x := range v {
			refer(x)
		}
	case []any:
		for _, x := range v {
			refer(x)
		}
	}
}

// ways say, by path, what the keys in an answer can be asked for, so that programs find
// their way without knowing a key beforehand.
var ways = map[string]object{
	"/search.json": {
		"article": link("article", "id", "/hits/0/article"), "capture": link("capture", "id", "/hits/0/capture"),
		"version": link("article_v_version", "id", "/hits/0/article", "capture", "/hits/0/capture"),
		"why":     link("article_why", "id", "/hits/0/article"), "diff": link("article_diff", "id", "/hits/0/article"),
		"story":     link("story", "id", "/hits/0/article"),
		"why_then":  link("article_v_version_why", "id", "/hits/0/article", "capture", "/hits/0/capture"),
		"diff_then": link("article_v_version_diff", "id", "/hits/0/article", "capture", "/hits/0/capture"),
	},
	"/statements.json": {
		"speaker": link("speaker", "name", "/statements/0/name"),
		"cite":    link("article_v_version_cite", "id", "/statements/0/article", "capture", "/statements/0/capture", "words", "/statements/0/place"),
	},
	"/stories.json": {"story": link("story", "id", "/stories/0/story")},
}

// link returns a link to an operation, with the places in the answer of its parameters.
func link(to string, params ...string) object {
	at := object{}
	for i := 0; i+1 < len(params); i += 2 {
		at[params[i]] = "$response.body#" + params[i+1]
	}
	return object{"operationId": to, "parameters": at}
}

// problems are the answers of every route in place of the one that is asked for.
var problems = map[string]string{
	"304": "the answer is still the one that If-None-Match names",
	"400": "a parameter cannot be read",
	"401": "a password is asked for",
	"404": "there is no such thing, or no such page",
	"421": "the server does not answer under this name",
	"429": "too many wrong passwords came from this address",
	"500": "the archive could not be read",
	"503": "others are being answered, or the answer takes too long",
}

// operation describes what one path answers.
func (d *describing) operation(path string, o operation) object {
	params := []*parameter{}
	for part := range strings.SplitSeq(path, "/") {
		if name, ok := strings.CutPrefix(strings.TrimSuffix(part, ".json"), "{"); ok {
			p := textParam(strings.TrimSuffix(name, "}"), "a key, as answers have it")
			p.In, p.Required, p.Schema["minLength"] = "path", true, 1
			params = append(params, p)
		}
	}
	ok := object{"application/json": object{"schema": object{"$ref": "#/components/schemas/" + o.answer.Name()}}}
	if o.list != "" {
		ok["text/csv"] = object{"schema": object{"type": "string", "description": "a row an item of " + o.list}}
		ok["application/x-ndjson"] = object{"schema": object{"type": "string", "description": "a line an item of " + o.list}}
	}
	answers := object{"200": object{
		"description": o.summary, "content": ok,
		"headers": object{
			"ETag": object{"description": "names this very answer", "schema": object{"type": "string"}},
			"Link": object{"description": `the address of the next part, as rel="next"`, "schema": object{"type": "string"}},
		},
	}}
	if l := ways[path]; l != nil {
		answers["200"].(object)["links"] = l
	}
	for status, text := range problems {
		a := object{"description": text}
		if status != "304" {
			a["content"] = object{"application/problem+json": object{"schema": object{"$ref": "#/components/schemas/Problem"}}}
		}
		answers[status] = a
	}
	if path == "/search.json" {
		answers["303"] = object{"description": "the query is the address of an article: the article is there"}
	}
	return object{"summary": o.summary, "operationId": operationID(path), "parameters": append(params, o.params...), "responses": answers}
}

// operationID returns a name for an operation, made of its path.
func operationID(path string) string {
	var words []string
	for part := range strings.FieldsFuncSeq(strings.TrimSuffix(path, ".json"), func(r rune) bool { return r == '/' }) {
		if !strings.HasPrefix(part, "{") {
			words = append(words, part)
		} else if part == "{capture}" {
			words = append(words, "version")
		}
	}
	return strings.Join(words, "_")
}

// openapi answers /openapi.json.
func (s *site) openapi(w http.ResponseWriter, r *http.Request) {
	send(w, r, http.StatusOK, typeJSON, s.description)
}
