package dump

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"dateline"
	"dateline/extract/byline"
	"dateline/internal/langid"
	"dateline/internal/words"
)

// byPrefix matches the word for an author that a byline begins with, in one of four
// forms: any such word with a colon behind it; a Chinese one with a colon or a slash;
// a word that is clear enough to need no mark, if it is written with its capital
// ("By"); and a word that may stand right in front of the name.
var byPrefix = sync.OnceValue(func() *regexp.Regexp {
	by := words.NewList("by")
	return regexp.MustCompile(`^(?:(?i:` + by.Pattern(nil) + `)\s*[:：]\s*|(?:` + by.Pattern(isIdeographic) + `)\s*[:：/]\s*|` +
		`(?:` + words.NewList("by-alone").Pattern(nil) + `)\s+|(?:` + words.NewList("by-joined").Pattern(nil) + `)\s*:?\s*)`)
})

// isIdeographic reports whether s begins with a Chinese character.
func isIdeographic(s string) bool { return unicode.Is(unicode.Han, firstRune(s)) }

// isASCII reports whether s begins with an ASCII character.
func isASCII(s string) bool { return firstRune(s) < utf8.RuneSelf }

// nameParticles are the words that stand without a capital within names, as "von".
var nameParticles = words.NewSet("particle")

// isName reports whether s looks like the name of a person, in a script that
// has capitals: two to five words.
func isName(s string) bool {
	parts := strings.Fields(s)
	if len(parts) < 2 || len(parts) > 5 || utf8.RuneCountInString(s) > 50 {
		return false
	}
	for i, w := range parts {
		if strings.ContainsFunc(w, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune("-'’.", r)
		}) {
			return false
		}
		if !unicode.IsUpper(firstRune(w)) && (i == 0 || !nameParticles.Has(w)) {
			return false
		}
	}
	return true
}

// maxBylines bounds how many authors a record has.
const maxBylines = 20

// bylines finds who wrote the article: names behind a word for authors, a name
// with the mail address or the profile page of that person beside it, or else the
// only name between the headline and the first date.
func (d *dump) bylines() {
	var lone []int
	for i := range d.items {
		it := &d.items[i]
		if len(d.a.Bylines) >= maxBylines {
			return
		}
		if it.used || it.same >= manyTimes || i >= d.first && i < d.last {
			continue
		}
		switch {
		case it.kind == kindContact:
			d.byContact(i)
		case it.kind != kindLabel:
		case byPrefix().MatchString(it.text):
			names := bylineNames(it.text)
			if names == nil {
				d.why.add("bylines", it.text, "author", 0, "what follows the word for an author is no name")
				continue
			}
			d.addBylines(i, names)
		case !isName(it.text):
		case i+1 < len(d.items) && linksName(d.items[i+1], it.text):
			d.addBylines(i, []string{it.text})
		case i > d.title && d.title >= 0 && i < d.dated && !d.isKeyed(it.text) && !d.inPath(it.text):
			lone = append(lone, i)
		default:
			d.why.add("bylines", it.text, "author", 0, "it looks like a name, and nothing says that it is an author's")
		}
	}
	if len(lone) == 1 && d.a.Bylines == nil {
		d.addBylines(lone[0], []string{d.items[lone[0]].text})
		return
	}
	for _, i := range lone {
		d.why.add("bylines", d.items[i].text, "author", 0, "it is one of several names between headline and date, or others have a word for authors")
	}
}

// addBylines adds the names in items[i] to the bylines, and marks every label with
// the text of that item as used.
func (d *dump) addBylines(i int, names []string) {
	for _, n := range names {
		d.why.add("bylines", n, "author", 0, "")
		if !slices.Contains(d.a.Bylines, n) && len(d.a.Bylines) < maxBylines {
			d.a.Bylines = append(d.a.Bylines, n)
		}
	}
	for j := range d.items {
		if d.items[j].kind == kindLabel && fold(d.items[j].text) == fold(d.items[i].text) {
			d.items[j].used = true
		}
	}
	d.found("bylines", "author")
}

// byContact adds the person whose mail address is in items[i] to the bylines. The
// name stands in front of the address, or on the line before.
func (d *dump) byContact(i int) {
	mail := mailWord.FindStringIndex(d.items[i].text)
	if mail == nil {
		return
	}
	name, at := strings.TrimSpace(d.items[i].text[:mail[0]]), i
	if name == "" && i > 0 {
		name, at = d.items[i-1].text, i-1
	}
	if isName(name) && ofPerson(d.items[i].text[mail[0]:mail[1]], name) {
		d.addBylines(at, []string{name})
	}
}

// nameSeparator matches what stands between the names of a byline.
var nameSeparator = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\s*(?:[,;،、|&]|\s/\s|\s(?:` + words.NewList("and", "and-whole").Pattern(nil) + `)\s)\s*`)
})

// bylineNames returns the names in a line that byPrefix matches, nil if what follows
// the prefix is not a name.
func bylineNames(s string) []string {
	prefix := byPrefix().FindString(s)
	sure := strings.ContainsAny(prefix, ":：/")
	var names []string
	for _, n := range nameSeparator().Split(s[len(prefix):], 20) {
		words := len(strings.Fields(n))
		caseless := !unicode.IsUpper(firstRune(n)) && !unicode.IsLower(firstRune(n))
		switch {
		case isName(n), sure && words == 1 && !unicode.IsLower(firstRune(n)), caseless && words > 0 && words <= 4:
			names = append(names, n)
		case len(names) == 0:
			return nil
		}
	}
	return names
}

// linksName reports whether the item is an address whose path ends in the name
// with hyphens between its words, as the addresses of authors' pages do.
func linksName(it item, name string) bool {
	if it.kind != kindLink {
		return false
	}
	u, err := url.Parse(strings.ToLower(it.text))
	return err == nil && strings.HasSuffix(strings.Trim(u.Path, "/"), strings.Join(strings.Fields(strings.ToLower(name)), "-"))
}

// isKeyed reports whether s is one of the keywords.
func (d *dump) isKeyed(s string) bool {
	_, ok := d.keyed[fold(s)]
	return ok
}

// inPath reports whether the label, with hyphens between its words, is a segment of
// the path of the page's address, other than the last.
func (d *dump) inPath(label string) bool {
	u, err := url.Parse(d.a.URL)
	if err != nil {
		return false
	}
	parts := strings.Split(strings.ToLower(u.Path), "/")
	return slices.Contains(parts[:len(parts)-1], strings.Join(strings.Fields(strings.ToLower(label)), "-"))
}

// labels finds the section and the tags. Both stand as labels on lines of their own,
// the section first, and often once more in the list of keywords.
func (d *dump) labels() {
	run := d.labelRun()
	section := ""
	for _, l := range run {
		if d.inPath(l) {
			section = l
			break
		}
	}
	if len(run) > 0 && section == "" && d.isSection(run) {
		section = run[0]
	}
	tags, property := d.keys, "keywords"
	if d.keys == nil && section != "" && len(run) > 1 {
		tags, property = run, "about"
	}
	for _, l := range run {
		fault := ""
		if l != section {
			fault = "it stands among the tags"
		}
		d.why.add("section", l, "articleSection", 0, fault)
	}
	if section != "" {
		d.a.Section = section
		d.found("section", "articleSection")
	}
	seen := map[string]bool{fold(section): true}
	for _, t := range tags {
		if !seen[fold(t)] {
			seen[fold(t)] = true
			d.a.Tags = append(d.a.Tags, t)
			d.found("tags", property)
		}
	}
}

// isSection reports whether the first label of a run is the section, not a tag.
func (d *dump) isSection(run []string) bool {
	place, keyed := d.keyed[fold(run[0])]
	switch {
	case len(run) == 1 && d.keys == nil:
		return !isName(run[0])
	case !keyed: // the keywords repeat the tags, and it is none of them
		return true
	}
	return place == 0 || len(run) == 1
}

// labelRun returns the run of successive labels that most likely holds the section
// and the tags, nil if none does. Labels that the list of keywords repeats speak for a
// run, as does a date beside the run; a place behind the body speaks against it.
func (d *dump) labelRun() []string {
	var best []string
	bestScore := 0
	for i := 0; i < len(d.items); i++ {
		from := i
		var run []string
		score := 0
		for ; i < len(d.items) && d.isTopic(i); i++ {
			run = append(run, d.items[i].text)
			if d.isKeyed(d.items[i].text) {
				score += 2
			}
		}
		if len(run) == 0 {
			continue
		}
		if len(run) < 12 && (d.dateBeside(from-1, -1) || d.dateBeside(i, 1)) {
			score += 3
		}
		if from >= d.last && d.last > 0 {
			score -= 2
		}
		if score > bestScore {
			best, bestScore = run, score
		}
	}
	return best
}

// dateBeside reports whether the first unused item from items[i] on is a date. step
// is 1 to look at later items and -1 at earlier ones; no more than four are looked at.
func (d *dump) dateBeside(i, step int) bool {
	for n := 0; n < 4 && i >= 0 && i < len(d.items); n++ {
		if !d.items[i].used {
			return d.items[i].kind == kindDate
		}
		i += step
	}
	return false
}

// isTopic reports whether items[i] may be a section or a tag.
func (d *dump) isTopic(i int) bool {
	it := d.items[i]
	_, keyed := d.keyed[fold(it.text)]
	return (it.kind == kindLabel || it.kind == kindLocale && keyed) && !it.used && it.same < manyTimes && (i < d.first || i >= d.last) &&
		len(strings.Fields(it.text)) <= 5 && utf8.RuneCountInString(it.text) <= 50 && fold(it.text) != fold(d.outlet) && !byPrefix().MatchString(it.text)
}

// text writes the text of the record and its blocks from the items of the body, with
// the breaks between paragraphs restored. A line that was already written is not
// written again, if it is longer than 60 bytes.
func (d *dump) text() {
	var b strings.Builder
	add := func(kind dateline.BlockKind, s string) {
		if s == "" {
			return
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		start := b.Len()
		b.WriteString(s)
		d.a.Blocks = append(d.a.Blocks, dateline.Block{Kind: kind, Start: start, End: b.Len()})
	}
	long := map[string]bool{}
	labels := 0
	for i := d.first; i < d.last; i++ {
		it := d.items[i]
		if it.kind == kindLabel {
			labels++
		}
		if it.used || len(it.text) > 60 && long[it.text] {
			continue
		}
		long[it.text] = true
		switch it.kind {
		case kindText:
			labels = 0
			for _, p := range splitBreaks(it.text) {
				add(dateline.Paragraph, p)
			}
		case kindEntry:
			if d.near(i, kindEntry, 1) {
				add(dateline.Item, strings.TrimSpace(it.text[len(entryMark.FindString(it.text)):]))
			} else {
				add(dateline.Paragraph, it.text)
			}
		case kindLabel:
			add(d.labelKind(i, labels), it.text)
		}
	}
	d.a.Text = b.String()
	if b.Len() > 0 {
		d.found("text", "articleBody")
	}
}

// labelKind returns the kind of block that the label items[i] of the body is: an entry
// of a list that a colon announces, a heading in front of prose, else a short
// paragraph. labels is the number of labels in the run that ends with items[i].
func (d *dump) labelKind(i, labels int) dateline.BlockKind {
	switch {
	case d.listAt(i, labels) && (labels > 1 || d.items[i+1].kind == kindLabel):
		return dateline.Item
	case i+1 < d.last && d.items[i+1].kind != kindLabel && len(strings.Fields(d.items[i].text)) <= 15:
		return dateline.Heading
	}
	return dateline.Paragraph
}

// lang finds the language of the text. The codes of languages in the dump are hints,
// which count unless the text is plainly in another language.
func (d *dump) lang() {
	var hints []string
	for _, it := range d.items {
		if it.kind != kindLocale || d.isKeyed(it.text) || len(hints) > 8 {
			continue
		}
		tag := langid.Tag(it.text)
		if tag == "" { // as for en_EN, whose region does not exist: the language alone
			tag = langid.Tag(it.text[:strings.IndexAny(it.text+"-", "-_")])
		}
		hints = append(hints, tag)
		d.why.add("lang", tag, "inLanguage", 0, "")
	}
	d.a.Lang = langid.Detect(d.a.Text+"\n"+d.a.Deck+"\n"+d.a.Headline, hints...)
	if d.a.Lang == "" {
		return
	}
	d.found("lang", "articleBody")
	for _, tag := range hints {
		if langid.Base(tag) == langid.Base(d.a.Lang) {
			d.found("lang", "inLanguage")
		}
	}
}

// dateline reads the place and the agency at the beginning of the body, or of the deck
// if the body begins with none.
func (d *dump) dateline() {
	for _, s := range []struct{ text, property string }{{d.a.Text, "articleBody"}, {d.a.Deck, "description"}} {
		v, ok := dumpDateline(s.text)
		if !ok {
			first, _, _ := strings.Cut(s.text, "\n")
			d.why.add("dateline", first, s.property, 0, cmp.Or(byline.NoDateline(first), "what opens it is the name of a body"))
			continue
		}
		d.a.Dateline = v
		d.found("dateline", s.property)
		return
	}
}

// creditLabels are the words before the name of who made a picture, as "Photo".
var creditLabels = words.NewList("credit-label")

// creditTail matches a caption that ends with a credit; its groups are the caption and
// the name in the credit.
var creditTail = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(.*?)[\s(\[|/–—-]*(?:©|\(c\)|Ⓒ|\b(?i:` + creditLabels.Pattern(isASCII) + `)\s*(?:credit|by)?\s*[:：/]|(?i:` +
		creditLabels.Pattern(func(s string) bool { return !isASCII(s) }) + `)\s*[:：/])\s*([^!?]{2,80}?)[)\]]?$`)
})

// placeDay matches a dateline whose agency stands behind the day; its groups are the
// place and the agency: "MOSCOW, February 10. /TASS/.", "МОСКВА, 10 фев - РИА Новости."
var placeDay = regexp.MustCompile(`^(\p{Lu}[\p{Lu}\p{M} .'’-]{1,40}), (?:\d{1,2} \p{L}+|\p{L}+ \d{1,2})\.?\s*[-–—/.]\s*/?(\p{Lu}[^./()\d]{1,40})[./]+\s`)

// dumpDateline reads the dateline at the beginning of the first line of a text.
func dumpDateline(s string) (v dateline.Dateline, ok bool) {
	s, _, _ = strings.Cut(s, "\n")
	if m := placeDay.FindStringSubmatch(s); m != nil {
		return dateline.Dateline{Place: m[1], Agency: strings.TrimSpace(m[2])}, true
	}
	return byline.Dateline(s)
}

// What the addresses of images say about their size: sizeInName matches width and
// height ("_1920x1080."), cropCorners the left, top, right and bottom of a crop
// ("_0:0:2048:1153_"), and cropInName the part of an address by which the crops
// of one image differ.
var (
	sizeInName  = regexp.MustCompile(`(?:^|[_/=-])(\d{2,4})x(\d{1,4})(?:[_./&-]|$)`)
	cropCorners = regexp.MustCompile(`_(\d{1,5}):(\d{1,5}):(\d{1,5}):(\d{1,5})_`)
	cropInName  = regexp.MustCompile(`_\d+:\d+:\d+:\d+_.*$|-\d{2,4}x\d{2,4}(\.\w+)$`)
)

// credits finds the captions that stand behind an image and end with a credit, and
// marks them as used: they are no part of the body.
func (d *dump) credits() {
	d.captions = map[int]dateline.Image{}
	for i, it := range d.items {
		if it.kind != kindImage {
			continue
		}
		j := d.behind(i + 1)
		if j >= len(d.items) || utf8.RuneCountInString(d.items[j].text) > 400 {
			continue
		}
		switch d.items[j].kind {
		case kindCredit, kindLabel, kindText, kindNotice:
			caption, credit := captionOf(d.items[j].text)
			if k := j + 1; credit == "" && k < len(d.items) && d.items[k].kind == kindCredit {
				caption = d.items[j].text
				_, credit = captionOf(d.items[k].text)
				d.items[k].used = true
			}
			if credit != "" && d.items[j].same < manyTimes {
				d.captions[i] = dateline.Image{Caption: caption, Credit: credit}
				d.items[j].kind, d.items[j].used = kindCredit, true
			}
		}
	}
}

// behind returns the index of the first item from items[i] on that is no size, flag,
// number, remnant or address; len(d.items) if there is none.
func (d *dump) behind(i int) int {
	for i < len(d.items) && slices.Contains([]kind{kindSize, kindFlag, kindNumber, kindLeak, kindLink}, d.items[i].kind) {
		i++
	}
	return i
}

// captionOf parts a caption from the credit at its end; credit is "" if it has none.
func captionOf(s string) (caption, credit string) {
	m := creditTail().FindStringSubmatch(s)
	if m == nil {
		return s, ""
	}
	return strings.TrimSpace(m[1]), strings.TrimSpace(m[2])
}

// images lists the images of the dump, the crops of one image as one entry, with
// captions, credits and sizes. It also finds the publisher's logo.
func (d *dump) images() {
	seen := map[string]bool{}
	var at []int
	for i, it := range d.items {
		switch {
		case it.kind == kindContact:
			d.logo(it.text)
		case it.kind != kindImage:
		case d.near(i, kindContact, 3) && (it.same > 1 || strings.Contains(strings.ToLower(it.text), "logo")):
			d.logo(it.text)
		default:
			key, _, _ := strings.Cut(it.text, "?")
			if key = cropInName.ReplaceAllString(key, "$1"); !seen[key] && len(at) < 200 {
				seen[key] = true
				at = append(at, i)
			} else {
				d.why.add("images", it.text, "image", 0, "it is a crop of one before it")
			}
		}
	}
	for _, i := range at {
		img := d.captions[i]
		img.URL = d.items[i].text
		if img.Caption == "" && img.Credit == "" {
			img.Caption = d.caption(i)
		}
		d.a.Images = append(d.a.Images, img)
		d.found("images", "image")
	}
	d.sizes(at)
}

// logo takes the first address of an image in s as the publisher's logo, unless one
// was found before.
func (d *dump) logo(s string) {
	for w := range strings.FieldsSeq(s) {
		if d.a.Publisher.Logo == "" && isAddress(w) && isImage(w) {
			d.a.Publisher.Logo = w
		}
	}
}

// caption returns the caption without a credit of the image items[i], "" if it has
// none: a label of four words or more behind it, within the body.
func (d *dump) caption(i int) string {
	j := d.behind(i + 1)
	if i < d.first || j >= d.last || d.items[j].kind != kindLabel || d.items[j].used || len(strings.Fields(d.items[j].text)) < 4 {
		return ""
	}
	d.items[j].used = true
	return d.items[j].text
}

// sizes gives the images of the record their sizes; at has the index of the item of
// each. A size directly behind an image is of that image. The others stand further
// down in the order of the images, as many for each image as it has crops.
func (d *dump) sizes(at []int) {
	var loose []item
	for i, it := range d.items {
		if it.kind != kindSize || d.ofLogo(i) {
			continue
		}
		of := d.imageBefore(i)
		if of < 0 {
			loose = append(loose, it)
		} else if k := slices.Index(at, of); k >= 0 && d.a.Images[k].Width == 0 {
			d.a.Images[k].Width, d.a.Images[k].Height = it.width, it.height
		}
	}
	if len(at) == 0 || len(loose)%len(at) != 0 {
		return
	}
	each := len(loose) / len(at) // the crops of one image follow each other
	for k := range at {
		if img := &d.a.Images[k]; img.Width == 0 && each > 0 {
			s := fitting(img.URL, loose[k*each:(k+1)*each])
			img.Width, img.Height = s.width, s.height
		}
	}
}

// ofLogo reports whether the size items[i] is that of a publisher's logo: whether it
// stands shortly behind a contact.
func (d *dump) ofLogo(i int) bool {
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		switch d.items[j].kind {
		case kindContact:
			return len(d.items[j].text) < 120 && !strings.Contains(d.items[j].text, " ") || d.items[i].height < 200
		case kindImage, kindSize, kindText:
			return false
		}
	}
	return false
}

// imageBefore returns the index of the image that the size items[i] stands directly
// behind, -1 if there is none.
func (d *dump) imageBefore(i int) int {
	for j := i - 1; j >= 0; j-- {
		switch d.items[j].kind {
		case kindImage:
			return j
		case kindFlag, kindSize, kindCredit:
		default:
			return -1
		}
	}
	return -1
}

// fitting returns, of the sizes of one image's crops, the one that the image's address
// names, else one with the proportions of the crop that the address names, else the
// first. sizes must not be empty.
func fitting(address string, sizes []item) item {
	width, height := namedSize(address)
	for _, s := range sizes {
		if s.width == width && s.height == height {
			return s
		}
	}
	left, top, right, bottom := namedCrop(address)
	for _, s := range sizes {
		if off := s.width*(bottom-top) - s.height*(right-left); (width == 0 || s.width == width) && max(off, -off)*100 < s.width*(bottom-top) {
			return s
		}
	}
	return sizes[0]
}

// namedSize reads the size in an address such as …_1920x1080.jpg, in pixels; both
// numbers are 0 if the address has none.
func namedSize(address string) (width, height int) {
	if m := sizeInName.FindStringSubmatch(address); m != nil {
		width, _ = strconv.Atoi(m[1])
		height, _ = strconv.Atoi(m[2])
	}
	return width, height
}

// namedCrop reads the corners of a crop in an address such as …_0:0:2048:1153_…, in
// pixels of the whole image; all are 0 if the address has none.
func namedCrop(address string) (left, top, right, bottom int) {
	if m := cropCorners.FindStringSubmatch(address); m != nil {
		left, _ = strconv.Atoi(m[1])
		top, _ = strconv.Atoi(m[2])
		right, _ = strconv.Atoi(m[3])
		bottom, _ = strconv.Atoi(m[4])
	}
	return left, top, right, bottom
}
