package when

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // for machines without

	"dateline"
)

//go:embed zones/places
var placesFile string

// ZoneOf returns the time zone by whose days an article speaks of "today": that of the place in
// its dateline ("MOSCOW", "MADISON, Wis."), if that is known. Else it is nil, which stands for
// the zone given with the time of publication, unless that is UTC, which many sites use whatever
// their place; then it is that of the country of the publisher's site ("example.co.uk"), nil
// if that is not known.
func ZoneOf(place string, published dateline.Date, site string) *time.Location {
	z := zones()
	if l := z.ofPlace(place); l != nil {
		return l
	}
	start, _, _ := published.Interval()
	if _, offset := start.Zone(); offset != 0 {
		return nil
	}
	if i := strings.LastIndexByte(site, '.'); i >= 0 {
		return z.places[strings.ToLower(site[i:])]
	}
	return nil
}

// zoneTable is what the file of places says, by names in lower case.
type zoneTable struct {
	places  map[string]*time.Location // and domains: ".uk"
	regions map[string]*time.Location
}

// ofPlace returns the zone of a place, which can have a region behind it; nil if it is unknown
// or the two are in different zones ("PARIS, Texas").
func (z *zoneTable) ofPlace(s string) *time.Location {
	place, region, qualified := strings.Cut(strings.ToLower(s), ",")
	at := z.places[strings.TrimSpace(place)]
	if !qualified {
		return at
	}
	in := z.regions[strings.TrimSpace(region)]
	if at != nil && at != in {
		return nil
	}
	return in
}

var zones = sync.OnceValue(func() *zoneTable {
	z, err := readZones(placesFile)
	if err != nil {
		panic(err) // Unreachable: a test reads the file.
	}
	return z
})

// readZones reads lines such as "Europe/Vienna: Vienna, Austria*, .at".
func readZones(text string) (*zoneTable, error) {
	z := &zoneTable{places: map[string]*time.Location{}, regions: map[string]*time.Location{}}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		name, list, ok := strings.Cut(line, ":")
		if !ok {
			return nil, fmt.Errorf("zones/places:%d: %q has no colon", n, line)
		}
		l, err := time.LoadLocation(name)
		if err != nil {
			return nil, fmt.Errorf("zones/places:%d: %w", n, err)
		}
		for w := range strings.SplitSeq(list, ",") {
			w, isRegion := strings.CutSuffix(strings.ToLower(strings.TrimSpace(w)), "*")
			if z.places[w] != nil {
				return nil, fmt.Errorf("zones/places:%d: %q stands twice", n, w)
			}
			z.places[w] = l
			if isRegion {
				z.regions[w] = l
			}
		}
	}
	return z, nil
}
