package feed

import (
	"cmp"
	"encoding/json"
	"strings"

	"dateline/extract/link"
)

// readJSON reads a JSON Feed (jsonfeed.org, version 1.1) as a stream, so that
// a file that ends too early gives the items before its end, and one item
// that is not of the form costs itself alone.
func (f *Feed) readJSON(text string, in Input) {
	dec := json.NewDecoder(strings.NewReader(text))
	_, err := dec.Token() // the brace that the text begins with
	isFeed := false
	for err == nil && dec.More() {
		var key json.Token
		if key, err = dec.Token(); err != nil {
			break
		}
		if key == "items" {
			isFeed = true
			err = f.jsonItems(dec, in)
			continue
		}
		var raw json.RawMessage
		if err = dec.Decode(&raw); err != nil {
			break
		}
		switch key {
		case "version":
			isFeed = isFeed || strings.Contains(string(raw), "jsonfeed")
		case "title":
			f.Title = oneLine(jsonText(raw))
		case "hubs":
			f.jsonHubs(raw, in)
		}
	}
	if err != nil {
		f.note(Truncated)
	}
	if isFeed {
		f.Format = JSONFeed
	}
}

// jsonItems reads the list of items.
func (f *Feed) jsonItems(dec *json.Decoder, in Input) error {
	open, err := dec.Token()
	if err != nil {
		return err
	}
	if open != json.Delim('[') {
		return nil // null
	}
	for dec.More() {
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return err
		}
		f.jsonItem(raw, in)
	}
	_, err = dec.Token()
	return err
}

func (f *Feed) jsonItem(raw json.RawMessage, in Input) {
	var it map[string]json.RawMessage
	if json.Unmarshal(raw, &it) != nil {
		f.note(NoLink)
		return
	}
	text := func(key string) string { return jsonText(it[key]) }
	item := Item{Title: oneLine(text("title")), ID: text("id"), Published: f.date(in, text("date_published")), Modified: f.date(in, text("date_modified"))}
	if to, ok := link.Request(in.URL, cmp.Or(text("url"), permalink(item.ID))); ok {
		item.Link, item.Foreign = to, isForeign(to, in.URL)
	} else {
		f.note(NoLink)
	}
	f.Items = append(f.Items, item)
}

func (f *Feed) jsonHubs(raw json.RawMessage, in Input) {
	var hubs []struct {
		URL string `json:"url"`
	}
	if json.Unmarshal(raw, &hubs) != nil {
		return
	}
	for _, h := range hubs {
		if hub, ok := link.Request(in.URL, h.URL); ok {
			f.Hubs = append(f.Hubs, hub)
		}
	}
}

// jsonText is a value as text, "" if it is no text: an id may be a number,
// which readers are told to take as its digits.
func jsonText(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	var n json.Number
	if json.Unmarshal(raw, &n) == nil {
		return n.String()
	}
	return ""
}

// permalink is an id that is an address, which the specification recommends.
func permalink(id string) string {
	if link.Absolute(id) {
		return id
	}
	return ""
}
