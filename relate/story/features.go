package story

import (
	"math"

	"dateline"
)

// leadWords is how many words of an article are its headline and lead.
const leadWords = 60

// An outline is what is kept of an article to find its story by.
type outline struct {
	id, event dateline.ArticleID // of the article, and of the event that it is of
	names     vector             // words written as names
	words     vector             // other words
	lead      vector             // both, of the headline and the beginning
	places    vector             // countries, by their names and adjectives and by their towns
	length    int                // in words
	day       int                // in days since 1970; 0 if it is not known
}

// outline reads an article and counts its words.
func (v *vocabulary) outline(a *dateline.Article) *outline {
	v.words = readWords(v.words[:0], a.Headline, true)
	v.words = readWords(v.words, a.Text, false)
	v.count(v.words)
	o := &outline{length: len(v.words)}
	if day, ok := dayOf(a); ok {
		o.day = day
	}
	names, words, lead, countries := counts{}, counts{}, counts{}, counts{}
	for i := 0; i < len(v.words); i++ {
		w := v.words[i]
		if w.capital {
			if country, n := placeAt(v.words[i:]); n > 0 {
				countries[country]++
			}
		}
		if w.short {
			continue
		}
		if v.name(w) {
			names[w.term]++
		} else {
			words[w.term]++
		}
		if i < leadWords {
			lead[w.term]++
		}
	}
	o.names, o.words, o.lead, o.places = names.vector(v.rarity), words.vector(v.rarity), lead.vector(v.rarity), countries.vector(v.rarity)
	return o
}

// A profile is the sum of vectors: what the articles of a story have in common.
type profile struct {
	weights map[term]float32
	square  float64 // of its length
}

// maxProfile bounds the terms of a profile: beyond it the lighter ones are dropped.
const maxProfile = 512

func (p *profile) add(v vector) {
	if p.weights == nil {
		p.weights = make(map[term]float32, len(v))
	}
	for _, x := range v {
		before := p.weights[x.term]
		p.weights[x.term] = before + x.weight
		p.square += float64(x.weight) * float64(2*before+x.weight)
	}
	if len(p.weights) > maxProfile {
		p.drop()
	}
}

// drop drops the terms that weigh less than the mean.
func (p *profile) drop() {
	mean := float32(0)
	for _, w := range p.weights {
		mean += w
	}
	mean /= float32(len(p.weights))
	for t, w := range p.weights {
		if w < mean {
			delete(p.weights, t)
			p.square -= float64(w) * float64(w)
		}
	}
}

// dot returns the cosine of the profile and a vector.
func (p *profile) dot(v vector) float64 {
	if p.square <= 0 {
		return 0
	}
	sum := float32(0)
	for _, x := range v {
		sum += x.weight * p.weights[x.term]
	}
	return float64(sum) / math.Sqrt(p.square)
}

// covers returns which share of a vector's weight stands in the profile.
func (p *profile) covers(v vector) float64 {
	sum := float32(0)
	for _, x := range v {
		if p.weights[x.term] > 0 {
			sum += x.weight * x.weight
		}
	}
	return float64(sum)
}

// The features by which the model judges whether an article is of a story, from 0 to about 1.
const (
	always       = iota // 1
	nearestThree        // mean likeness of the three nearest articles of the story
	nearest             // likeness of the nearest
	nearestNames        // names shared with the nearest
	nearestLead         // words of headline and lead shared with the nearest
	storyNames          // names shared with all of the story together
	storyWords          // other words, likewise
	storyPlaces         // countries, likewise
	namesKnown          // how much of the article's names the story has
	placesApart         // both name countries, but no common one
	storySize           // logarithm of the number of its articles
	gap                 // logarithm of the days from the story's last article; 0 where a day is not known
	brief               // how short the article is: 1 without words, one half at 40 words
	numFeatures
)

// features are what the model is asked.
type features [numFeatures]float64

// briefWords is the length at which brief is one half, in words: two sentences.
const briefWords = 40

// Likeness of two articles, by the share of what is measured in sorting stories: names
// count most, then headline and lead, then words.
const (
	namesCount = .4
	leadCount  = .35
	wordsCount = .25
)

// A fit is how an article fits a story.
type fit struct {
	g                          *group
	near                       *outline // the nearest article of the story
	three, one                 float64
	names, words, lead, places float64 // of the nearest
	ofNames, ofWords, ofPlaces float64 // of the story
	known                      float64
	apart                      bool
}

// fit compares an article with a story.
func (o *outline) fit(g *group) fit {
	f := fit{g: g}
	var best [3]float64
	for _, m := range g.members {
		n, w, l := o.names.dot(m.names), o.words.dot(m.words), o.lead.dot(m.lead)
		like := namesCount*n + wordsCount*w + leadCount*l
		if like >= best[0] {
			f.near = m
			f.one, f.names, f.words, f.lead, f.places = like, n, w, l, o.places.dot(m.places)
		}
		for i, b := range best {
			if like > b {
				best[i], like = like, b
			}
		}
	}
	f.three = (best[0] + best[1] + best[2]) / float64(min(len(g.members), 3))
	f.ofNames, f.ofWords, f.ofPlaces = g.names.dot(o.names), g.words.dot(o.words), g.places.dot(o.places)
	f.known = g.names.covers(o.names)
	f.apart = len(o.places) > 0 && len(g.places.weights) > 0 && f.ofPlaces == 0
	return f
}

// features returns what the model is asked of f.
func (o *outline) features(f fit) *features {
	v := &features{
		always:       1,
		nearestThree: f.three,
		nearest:      f.one,
		nearestNames: f.names,
		nearestLead:  f.lead,
		storyNames:   f.ofNames,
		storyWords:   f.ofWords,
		storyPlaces:  f.ofPlaces,
		namesKnown:   f.known,
		storySize:    math.Log(float64(f.g.size)) / 5,
		brief:        briefWords / float64(briefWords+o.length),
	}
	if f.apart {
		v[placesApart] = 1
	}
	if o.day != 0 && f.g.last != 0 {
		v[gap] = math.Log1p(math.Abs(float64(o.day-f.g.last))) / 5
	}
	return v
}
