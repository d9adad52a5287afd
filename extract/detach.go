package extract

import (
	"strings"

	"dateline"
)

// detach copies the strings of a record that may share memory with the page into memory
// of their own: the page may be changed or freed while the record is still used. Text,
// URL, Evidence and the fields of fixed words, such as Type, do not share memory with it.
func detach(a *dateline.Article) {
	size := 0
	eachString(a, func(s *string) { size += len(*s) })
	var b strings.Builder
	b.Grow(size)
	eachString(a, func(s *string) {
		start := b.Len()
		b.WriteString(*s)
		*s = b.String()[start:]
	})
}

// eachString calls do with each string of a record that may share memory with the page.
func eachString(a *dateline.Article, do func(*string)) {
	for _, s := range [...]*string{&a.Canonical, &a.Headline, &a.Deck, &a.Dateline.Place, &a.Dateline.Agency, (*string)(&a.Published),
		(*string)(&a.Modified), &a.Lang, &a.Section, &a.Publisher.Name, &a.Publisher.Site, &a.Publisher.Logo} {
		do(s)
	}
	for i := range a.Bylines {
		do(&a.Bylines[i])
	}
	for i := range a.Corrections {
		do(&a.Corrections[i])
	}
	for i := range a.Embeds {
		e := &a.Embeds[i]
		do(&e.URL)
		do(&e.Author)
		do(&e.Text)
		do((*string)(&e.Published))
	}
	for i := range a.Updates {
		do((*string)(&a.Updates[i].Published))
		do(&a.Updates[i].Headline)
	}
	do(&a.CopyOf)
	for i := range a.Uses {
		do(&a.Uses[i].Says)
	}
	for i := range a.Credits {
		do(&a.Credits[i].Name)
	}
	for i := range a.Authors {
		author := &a.Authors[i]
		do(&author.Name)
		do(&author.URL)
		for k := range author.SameAs {
			do(&author.SameAs[k])
		}
	}
	for i := range a.Tags {
		do(&a.Tags[i])
	}
	for i := range a.Images {
		im := &a.Images[i]
		do(&im.URL)
		do(&im.Caption)
		do(&im.Credit)
	}
}
