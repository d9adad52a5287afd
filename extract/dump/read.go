package dump

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"dateline"
	"dateline/extract/date"
	"dateline/internal/text"
	"dateline/internal/words"
)

// A dump is the state of reading one flattened dump. Its steps are methods, which Read
// calls in a fixed order.
type dump struct {
	a        *dateline.Article
	items    []item
	keys     []string       // the parts of the list of keywords, as printed
	keyed    map[string]int // index in keys of each keyword, by its form of fold
	outlet   string         // the publisher's name, "" if none was found
	dated    int            // index of the first date in items, -1 if none
	title    int            // index of the headline in items, -1 if none
	first    int            // items[first:last] is the body
	last     int
	captions map[int]dateline.Image // caption and credit of an image, by its index in items
	why      *trace                 // collects the candidates; may be nil
}

// manyTimes is the number of lines with one text from which on that text is taken for
// a part of the page, such as the publisher's name, and not of the article.
const manyTimes = 3

// count sets for each item how many lines have its text, and prepares the indexes
// that later steps set.
func (d *dump) count() {
	n := map[string]int{}
	for i := range d.items {
		n[fold(d.items[i].text)]++
	}
	for i := range d.items {
		d.items[i].same = n[fold(d.items[i].text)]
	}
	d.title, d.dated = -1, -1
}

// keywords finds the list of keywords: a line of short parts with commas or other
// marks between them. The line is chosen that has the most parts, where a part that
// also stands on a line of its own counts four times.
func (d *dump) keywords() {
	alone := map[string]bool{}
	for _, it := range d.items {
		if it.kind == kindLabel {
			alone[fold(it.text)] = true
		}
	}
	best, bestScore := -1, 0
	var keys []string
	for i, it := range d.items {
		parts := listParts(it)
		score := 0
		for _, p := range parts {
			if alone[fold(p)] {
				score += 3
			}
		}
		if score == 0 && (len(parts) < 3 || it.same > 1) {
			continue
		}
		if score += len(parts); score >= bestScore {
			best, bestScore, keys = i, score, parts
		}
	}
	d.keyed = map[string]int{}
	if best < 0 {
		return
	}
	d.items[best].used = true
	for _, k := range keys {
		if _, ok := d.keyed[fold(k)]; !ok {
			d.keyed[fold(k)] = len(d.keys)
			d.keys = append(d.keys, k)
		}
	}
}

// listParts returns the parts of a line that may be a list of keywords, nil if it has a
// part that is too long for one or the line is prose.
func listParts(it item) []string {
	if it.kind != kindLabel && it.kind != kindText || len(it.text) > 1000 || text.Ends(it.text) || strings.Contains(it.text, ". ") {
		return nil
	}
	for _, sep := range []string{";", ",", "،", "，", "、", "|"} {
		parts := strings.Split(it.text, sep)
		if len(parts) < 2 {
			continue
		}
		for i, p := range parts {
			p = strings.Trim(p, " \"")
			if p == "" || len(strings.Fields(p)) > 4 || utf8.RuneCountInString(p) > 40 {
				return nil
			}
			parts[i] = p
		}
		return parts
	}
	return nil
}

var (
	// dayName and nameDay match what some outlets close the description with: a day
	// and the outlet's name, or the name and the day.
	dayName = regexp.MustCompile(`(?:^|\s)(` + plainDay + `)\s*[,،，]\s*([^.!?…]{2,60})$`)
	nameDay = regexp.MustCompile(`[.!?…][»”"“]?\s+([^.!?…,،，]{2,60})[,،，]\s*(` + plainDay + `)$`)
)

// rightsName matches the beginning of a notice of copyright; its group is the name of
// who holds the rights.
var rightsName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?i:©|\(c\)|` + words.NewList("copyright").Pattern(nil) + `)[©\s(c)]*(?:\d{4}(?:\s*[-–]\s*\d{4})?,?\s+)?(?i:(?:` + words.NewList("by-alone").Pattern(nil) + `)\s+)?([^.,|©\d]{2,50})`)
})

// officeBoxes are the beginnings of names of mail boxes that belong to an office and
// not to a person, as "info".
var officeBoxes = words.NewPhrases("office-box")

// isOfficeBox reports whether the part of a mail address before the "@", in small
// letters, belongs to an office and not to a person.
func isOfficeBox(box string) bool {
	return slices.ContainsFunc(officeBoxes.Begin(box), func(w string) bool { return strings.HasPrefix(box, w) })
}

// plainDay is the pattern of a day in numbers: 10.02.2022, 10/02/2022 or 2022-02-10.
const plainDay = `\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d{2}-\d{2}`

// deckTail finds the day and the outlet's name that close a description, "10.02.2022,
// Outlet" or the other way round, and the offset at where they begin; ok is false if s
// does not end so.
func deckTail(s string) (at int, day, name string, ok bool) {
	if len(s) > 2000 {
		return 0, "", "", false
	}
	if m := dayName.FindStringSubmatchIndex(s); m != nil {
		return m[0], s[m[2]:m[3]], s[m[4]:m[5]], true
	}
	if m := nameDay.FindStringSubmatchIndex(s); m != nil {
		return m[2], s[m[4]:m[5]], s[m[2]:m[3]], true
	}
	return 0, "", "", false
}

// publisher finds the outlet's name by a vote. A name gets one vote for each line that
// is often repeated, for each mail address that it stands in front of and for each
// notice of copyright, and two where it stands with a day at the end of a description.
func (d *dump) publisher() {
	votes := map[string]int{}
	var names []string
	vote := func(name string, n int) {
		name = strings.Trim(name, " -–—|,;:\"")
		if name == "" || utf8.RuneCountInString(name) > 60 {
			return
		}
		if votes[name] == 0 {
			names = append(names, name)
		}
		votes[name] += n
	}
	for i, it := range d.items {
		switch {
		case it.kind == kindContact:
			if name := d.contactName(i); name != "" {
				vote(name, 1)
			}
		case it.kind == kindText:
			if _, _, name, ok := deckTail(it.text); ok {
				vote(name, 2)
			}
		case it.kind == kindNotice:
			if m := rightsName().FindStringSubmatch(it.text); m != nil {
				vote(m[1], 1)
			}
		case it.kind == kindLabel && it.same >= manyTimes && len(strings.Fields(it.text)) <= 6:
			vote(it.text, 1)
		}
	}
	for _, n := range names {
		d.why.add("publisher", n, "publisher", float64(votes[n]), "")
		if d.outlet == "" || votes[n] > votes[d.outlet] {
			d.outlet = n
		}
	}
	if d.outlet != "" {
		d.a.Publisher.Name = d.outlet
		d.found("publisher", "publisher")
	}
}

// contactName returns the name of the office that the contact items[i] belongs to: what
// stands in front of the mail address, or on the line before. It returns "" if there
// is no mail address, or if that seems to be a person's.
func (d *dump) contactName(i int) string {
	it := d.items[i]
	mail := mailWord.FindStringIndex(it.text)
	if mail == nil {
		return ""
	}
	name := strings.TrimSpace(it.text[:mail[0]])
	if name == "" && i > 0 && d.items[i-1].kind == kindLabel {
		name = d.items[i-1].text
		d.items[i-1].used = true
	}
	if it.same < manyTimes && ofPerson(it.text[mail[0]:mail[1]], name) {
		return ""
	}
	return name
}

// ofPerson reports whether a mail address seems to be that of the person named: a word
// of the name is in the part before the "@" and not in the host.
func ofPerson(mail, name string) bool {
	box, host, _ := strings.Cut(fold(mail), "@")
	if isOfficeBox(box) {
		return false
	}
	for _, w := range strings.Fields(fold(name)) {
		if len(w) > 2 && strings.Contains(box, w) && !strings.Contains(host, w) {
			return true
		}
	}
	return false
}

// dates finds when the article was published: the earliest of the dates that stand on
// lines of their own, else the day that closes the description, else the day in the
// address. The latest date is when it was modified, if it is later. A date beside
// the length of a video is that of the video and does not count.
func (d *dump) dates() {
	var all, updates []dateline.Date
	for i, it := range d.items {
		if it.kind != kindDate {
			continue
		}
		if d.near(i, kindDuration, 1) {
			d.why.add("published", string(it.date), "datePublished", 0, "it stands beside the length of a video")
			continue
		}
		if d.dated < 0 {
			d.dated = i
		}
		if it.updated {
			d.why.add("modified", string(it.date), "dateModified", 0, "")
			updates = append(updates, it.date)
		} else {
			d.why.add("published", string(it.date), "datePublished", 0, "")
			all = append(all, it.date)
		}
	}
	property := "datePublished"
	if len(all) == 0 {
		all, property = d.tailDates(), "description"
	}
	if day := addressDay(d.a.URL); len(all) == 0 && day != "" {
		all, property = append(all, day), "url"
	}
	if len(all) > 0 {
		d.a.Published = slices.MinFunc(all, earlier)
		d.found("published", property)
		updates = append(updates, all...)
	}
	if len(updates) == 0 {
		return
	}
	last := slices.MaxFunc(updates, later)
	if earlier(d.a.Published, last) < 0 && !strings.HasPrefix(string(d.a.Published), string(last)) {
		d.a.Modified = last
		d.found("modified", "dateModified")
	}
}

// dayInPath matches a day in the path of an address, as /2022/02/10/ or /20220210/.
var dayInPath = regexp.MustCompile(`/((?:19|20)\d{2})(/?)(\d{2})(/?)(\d{2})/`)

// addressDay returns the day in the path of an address, "" if it has none.
func addressDay(address string) dateline.Date {
	m := dayInPath.FindStringSubmatch(address)
	if m == nil || m[2] != m[4] {
		return ""
	}
	day := dateline.Date(m[1] + "-" + m[3] + "-" + m[5])
	if _, _, ok := day.Interval(); !ok {
		return ""
	}
	return day
}

// tailDates returns the day that closes the first description which has one, as a list
// of one; nil if there is none.
func (d *dump) tailDates() []dateline.Date {
	for _, it := range d.items {
		if _, day, _, ok := deckTail(it.text); ok && it.kind == kindText {
			if d, ok := date.Parse(day, ""); ok && len(d) == len("2006-01-02") {
				return []dateline.Date{d}
			}
		}
	}
	return nil
}

// earlier compares two dates for slices.MinFunc: it is negative if a is earlier than b,
// positive if it is later. Of a day and a time on that day the time counts as
// earlier, so that it is chosen, since it says more.
func earlier(a, b dateline.Date) int {
	if a.Day() != b.Day() && (len(a) == len("2006-01-02") || len(b) == len("2006-01-02")) {
		return strings.Compare(a.Day(), b.Day())
	}
	if len(a) != len(b) && (len(a) == len("2006-01-02") || len(b) == len("2006-01-02")) {
		return len(b) - len(a)
	}
	at, _, _ := a.Interval()
	bt, _, _ := b.Interval()
	return at.Compare(bt)
}

// later compares two dates as earlier does, but for slices.MaxFunc: of a day and a time
// on that day the time counts as later, so that it is chosen here as well.
func later(a, b dateline.Date) int {
	if a.Day() == b.Day() && len(a) != len(b) && (len(a) == len("2006-01-02") || len(b) == len("2006-01-02")) {
		return len(a) - len(b)
	}
	return earlier(a, b)
}

// near reports whether an item of the given kind stands at most n items away.
func (d *dump) near(i int, kind kind, n int) bool {
	for j := max(0, i-n); j < min(len(d.items), i+n+1); j++ {
		if j != i && d.items[j].kind == kind {
			return true
		}
	}
	return false
}

// body finds the body: of the stretches between lines that cannot be part of a body,
// the one with the most characters of prose, without the labels at its ends.
func (d *dump) body() {
	most := 0
	note := func(size int) { // notes a stretch that is not the longest
		if size > 0 {
			d.why.add("text", strconv.Itoa(size)+" characters", "articleBody", 0, "another stretch is longer")
		}
	}
	for i := 0; i < len(d.items); {
		end := d.stretch(i)
		size := 0
		for j := i; j < end; j++ {
			if k := d.items[j].kind; (k == kindText || k == kindEntry) && !d.isDeck(j) {
				size += utf8.RuneCountInString(d.items[j].text)
			}
		}
		note(min(size, most))
		if size > most {
			most, d.first, d.last = size, i, end
		}
		i = end + 1
	}
	for d.first < d.last && !d.isBody(d.first) {
		d.first++
	}
	for d.last > d.first && !d.isBody(d.last-1) {
		d.last--
	}
}

// isBody reports whether items[i] can begin or end the body.
func (d *dump) isBody(i int) bool {
	k := d.items[i].kind
	return (k == kindText || k == kindEntry) && !d.isDeck(i)
}

// isDeck reports whether items[i] has the form of a description: it is closed by a day
// and an outlet's name, or breaks off with "..." right before the first date.
func (d *dump) isDeck(i int) bool {
	it := d.items[i]
	if it.kind != kindText || utf8.RuneCountInString(it.text) > 1000 {
		return false
	}
	if _, _, _, ok := deckTail(it.text); ok {
		return true
	}
	return (strings.HasSuffix(it.text, "...") || strings.HasSuffix(it.text, "…")) && d.dated > i && d.dated <= i+2
}

// stretch returns the end of the longest run of items from items[i] on that can be one
// body: the index of the first item that cannot belong to it.
func (d *dump) stretch(i int) int {
	labels := 0
	for ; i < len(d.items); i++ {
		it := d.items[i]
		switch it.kind {
		case kindText, kindEntry:
			if it.used || it.same >= manyTimes {
				return i
			}
			labels = 0
		case kindLabel:
			if labels++; it.used || it.same >= manyTimes || labels > 2 && !d.listAt(i, labels) {
				return i
			}
		case kindImage, kindLink, kindCredit, kindLeak, kindDuration, kindNumber, kindFlag:
		case kindSize:
			if !d.near(i, kindImage, 3) {
				return i
			}
		default:
			return i
		}
	}
	return i
}

// listAt reports whether the run of labels that ends with items[i] is a list that the
// line before announces with a colon; labels is the number of labels in the run.
func (d *dump) listAt(i, labels int) bool {
	lead := i - labels
	return lead >= 0 && d.items[lead].kind == kindText && strings.HasSuffix(d.items[lead].text, ":")
}

// headline finds the headline, the line that headlineScore rates highest, and marks all
// lines that repeat it as used.
func (d *dump) headline() {
	slug := slugWords(d.a.URL)
	const least = 2 // the lowest score of a headline
	best := 0.0
	for i, it := range d.items {
		score := d.headlineScore(i, slug)
		switch {
		case score <= 0:
		case score < least:
			d.why.add("headline", d.withoutSite(it.text), "headline", score, "too little speaks for it")
		default:
			d.why.add("headline", d.withoutSite(it.text), "headline", score, "")
			if score > best {
				best, d.title = score, i
			}
		}
		if it.kind == kindText && i >= d.first && i < d.last && d.title >= 0 {
			break
		}
	}
	if d.title < 0 {
		return
	}
	text := d.withoutSite(d.items[d.title].text)
	d.a.Headline = text
	d.found("headline", "headline")
	for i := range d.items {
		if fold(d.items[i].text) == fold(text) || fold(d.withoutSite(d.items[i].text)) == fold(text) {
			d.items[i].used = true
		}
	}
	if d.title == d.first && d.first < d.last { // its full stop made it look like the first line of the body
		d.first++
	}
}

// headlineScore rates items[i] as a headline; 0 and less is no headline, 2 and more is
// enough. It rates that the line is repeated, that its words are in the address (slug
// has those), that it is no sentence, that it is no single word, and that it
// stands before the body or the first date.
func (d *dump) headlineScore(i int, slug []string) float64 {
	it := d.items[i]
	runes := utf8.RuneCountInString(it.text)
	if it.used || it.kind != kindLabel && it.kind != kindText || runes < 4 || runes > 250 ||
		i > d.first && i < d.last || fold(it.text) == fold(d.outlet) || d.isDeck(i) {
		return 0
	}
	if _, keyed := d.keyed[fold(it.text)]; keyed {
		return 0
	}
	score := 4 * slugShare(slug, it.text)
	switch stop := strings.HasSuffix(it.text, ".") || strings.HasSuffix(it.text, "。"); {
	case it.same >= 2 && it.same < manyTimes+2 && !stop || d.repeatsLonger(i):
		score += 3
	case it.same >= 2 && stop:
		score++
	case stop:
		score--
	}
	if it.kind == kindLabel {
		score++
	}
	if isWide(it.text) && runes > 6 || len(strings.Fields(it.text)) > 2 {
		score++
	} else {
		score -= 2
	}
	if i < d.first || d.dated >= 0 && i < d.dated || d.first == d.last {
		score++
	} else if i >= d.last {
		score--
	}
	return score
}

// repeatsLonger reports whether one of the first 40 lines is items[i] with the name of
// the site behind it.
func (d *dump) repeatsLonger(i int) bool {
	text := d.items[i].text
	for j, it := range d.items[:min(len(d.items), 40)] {
		if j == i || len(it.text) > len(text)+80 {
			continue
		}
		if rest, ok := strings.CutPrefix(it.text, text); ok && siteTail.MatchString(rest) {
			return true
		}
	}
	return false
}

// siteTail matches what stands behind a headline in the title of a page: a mark such as
// "|" and the name of the site.
var siteTail = regexp.MustCompile(`^\s+[-–—|·:]\s+[^-–—|]{2,70}$`)

// withoutSite returns a headline without the name of the outlet behind it.
func (d *dump) withoutSite(s string) string {
	if d.outlet == "" {
		return s
	}
	if i := strings.LastIndex(s, d.outlet); i > 0 {
		if rest := strings.TrimRight(s[:i], " "); strings.TrimRight(rest, "-–—|·") != rest && siteTail.MatchString(s[len(strings.TrimRight(rest, "-–—|· ")):]) {
			return strings.TrimRight(rest, "-–—|· ")
		}
	}
	return s
}

// slugWords returns the words in the path of an address, in lower case, but for numbers
// and words of one or two letters.
func slugWords(address string) []string {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	var words []string
	for _, w := range strings.FieldsFunc(strings.ToLower(u.Path), func(r rune) bool { return strings.ContainsRune("/-_.+ ", r) }) {
		if !isDigits(w) && utf8.RuneCountInString(w) > 2 && w != "html" {
			words = append(words, w)
		}
	}
	return words
}

// slugShare returns the share of the words of text that are among the words of the
// address in slug, from 0 to 1. It is 0 if fewer than two of the words are there; words
// of one or two letters do not count.
func slugShare(slug []string, text string) float64 {
	words, hits := 0, 0
	for _, w := range strings.Fields(fold(text)) {
		w = strings.Trim(strings.ReplaceAll(w, "'", ""), "\"-.,:;!?()")
		if utf8.RuneCountInString(w) < 3 {
			continue
		}
		words++
		if slices.Contains(slug, w) {
			hits++
		}
	}
	if hits < 2 {
		return 0
	}
	return float64(hits) / float64(words)
}

// deck finds the description, which pages print under the headline: a line that isDeck
// takes for one, else prose before the body, else a long label behind the headline.
func (d *dump) deck() {
	best := -1
	var considered []int
	for i, it := range d.items {
		if it.used || i >= d.first && i < d.last && !d.isDeck(i) || it.same >= manyTimes {
			continue
		}
		switch {
		case d.isDeck(i):
		case it.kind == kindText && i < d.first && utf8.RuneCountInString(it.text) <= 600:
		case it.kind == kindLabel && i == d.title+d.items[max(d.title, 0)].same && d.title >= 0 && d.isSubtitle(i):
		default:
			continue
		}
		considered = append(considered, i)
		if best < 0 || d.isDeck(i) && !d.isDeck(best) || best < d.title && i > d.title && !d.isDeck(best) {
			best = i
		}
	}
	if best < 0 {
		return
	}
	for _, i := range considered {
		if i != best {
			d.why.add("deck", d.items[i].text, "description", 0, "another line is rather the description")
		}
	}
	deck := d.items[best].text
	for i := range d.items {
		if i < d.first && fold(d.items[i].text) == fold(deck) {
			d.items[i].used = true
		}
	}
	d.items[best].used = true
	if at, _, _, ok := deckTail(deck); ok {
		deck = strings.TrimSpace(deck[:at])
	}
	if deck != "" && fold(deck) != fold(d.a.Headline) {
		d.a.Deck = deck
		d.found("deck", "description")
	}
}

// isSubtitle reports whether the label items[i], which stands behind the headline, can
// be the deck: whether it is long enough, and no keyword or byline.
func (d *dump) isSubtitle(i int) bool {
	s := d.items[i].text
	_, keyed := d.keyed[fold(s)]
	return !keyed && (len(strings.Fields(s)) >= 6 || isWide(s) && utf8.RuneCountInString(s) >= 12) && byPrefix().FindString(s) == ""
}
