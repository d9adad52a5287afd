package extract_test

import (
	"strings"
	"testing"

	"dateline/extract"
)

// storyOf returns the page of an article whose second paragraph is given as markup.
func storyOf(paragraph string) []byte {
	return []byte(`<html lang="en"><head><title>Storm closes the port</title></head><body><header><a href="/">Harbour Post</a></header><article><h1>Storm closes the port</h1>
<p>The port stayed closed all night, because the storm had thrown three boats against the pier, the harbour office said.</p>
` + paragraph + `
<p>Fishermen did not know when they would be able to go out to sea again, and no ferry left before the evening.</p></article></body></html>`)
}

// TestInline reads what stands within a line and is no word of it.
func TestInline(t *testing.T) {
	for _, c := range []struct{ name, markup, want string }{
		{"hidden before a comma", `<p>The mayor, Ada Lund<span hidden>profile</span>, said that the quay would have to be built anew.</p>`, "The mayor, Ada Lund, said"},
		{"hidden within a word", `<p>The fore<i style="display:none">-</i>casters had warned of the storm for days, said the office.</p>`, "The forecasters had"},
		{"what only a screen reader reads", `<p>The <a href="https://x.example/r">report<span class="sr-only"> (opens in a new tab)</span></a>, of 40 pages, came out in spring.</p>`, "The report, of 40 pages,"},
		{"icon before a comma", `<p>The mayor, Ada Lund<img src="/v.png" alt="">, said that the quay would have to be built anew.</p>`, "Ada Lund, said"},
		{"emoji between words", `<p>The mayor was glad <img class="wp-smiley" src="/g.png" alt="🙂"> and said that the quay would have to be built anew.</p>`, "was glad and said"},
		{"small picture", `<p>The mayor <img src="/f.png" width="16" height="11"> said that the quay would have to be built anew.</p>`, "The mayor said"},
		{"initial and a line break", `<p><span class="drop-cap">N</span>
obody had seen such waves before, said the people of the harbour.</p>`, "\n\nNobody had"},
		{"initial in a box of its own", `<div class="lettrine">N</div><p>obody had seen such waves before, said the people of the harbour.</p>`, "\n\nNobody had"},
		{"initial as a picture", `<p><img src="/n.gif" alt="N">obody had seen such waves before, said the people of the harbour.</p>`, "\n\nNobody had"},
		{"initial for the eye and for the ear", `<p><span aria-hidden="true" class="cap">N</span><span class="visually-hidden">N</span>obody had seen such waves before, said the people.</p>`, "\n\nNobody had"},
		{"initial that is a word", `<p><span class="dropcap">A</span> wave had thrown three boats against the pier, said the people of the harbour.</p>`, "\n\nA wave had"},
		{"letter that is a word", `<p><b>R</b> is what they call the old crane, which fell into the basin during the storm.</p>`, "\n\nR is what"},
		{"mark of a note", `<p>The waves were nine metres high<sup><a href="#n1">1</a></sup>, higher than any that were ever measured there.</p>`, "metres high, higher"},
		{"mark in brackets", `<p>The waves were nine metres high<a class="ref" href="#n1">[12]</a>, higher than any that were ever measured there.</p>`, "metres high, higher"},
		{"mark without a link", `<p>The waves were the highest that anybody had seen.<sup>2</sup>The harbour office had measured them.</p>`, "had seen. The harbour"},
		{"mark behind a year", `<p>The quay of 1931<sup>4</sup> was mended twice, and 40 %<sup>5</sup> of it is new, the harbour office said.</p>`, "of 1931 was mended twice, and 40 % of"},
		{"sign of a note", `<p>The quay of stone<sup>*</sup> was mended twice, most recently by the town.<sup>†</sup></p>`, "of stone was mended twice, most recently by the town."},
		{"endings of words", `<p>The quay of the XX<sup>e</sup> century and the 1<sup>er</sup> pier were mended twice, the harbour office said.</p>`, "XXe century and the 1er pier"},
		{"term that a button explains", `<p>The <button class="gloss">quay</button>, which stands on piles, belongs to<button>Ada Lund</button> and to nobody else, the office said.</p>`, "The quay, which stands on piles, belongs to Ada Lund and to"},
		{"button behind a sentence", `<p>The quay stands on piles that were driven into the mud a hundred years ago. <button>Enlarge</button></p>`, "years ago.\n"},
		{"readings of each character", `<p>The boat <ruby><rb>東</rb><rp>（</rp><rt>とう</rt><rp>）</rp><rb>丸</rb><rp>（</rp><rt>まる</rt><rp>）</rp></ruby> was thrown against the pier by the waves, the office said.</p>`, "The boat 東丸 was"},
		{"reading of a name", `<p>The boat <ruby><rb>東丸</rb><rp>（</rp><rt>とうまる</rt><rp>）</rp></ruby> was thrown against the pier by the waves, the office said.</p>`, "The boat 東丸（とうまる） was"},
		{"powers", `<p>The basin has 400 km<sup>2</sup> and holds 10<sup>9</sup> litres of water, the harbour office said.</p>`, "400 km2 and holds 109 litres"},
		{"label and heading", `<h3><span class="when">12 May</span><span>What comes next</span></h3><p>The quay has to be built anew, and that will take until the summer after next.</p>`, "12 May What comes next"},
		{"one word in two styles", `<p>The <b>Mac</b>Kenzie <i>e</i>Ferry was thrown against the pier by the waves, the harbour office said.</p>`, "The MacKenzie eFerry was"},
		{"readings in brackets of a fallback", `<p>The boat <ruby>丸<rp>(</rp><rt>まる</rt><rp>)</rp></ruby> was thrown against the pier by the waves, the harbour office said.</p>`, "The boat 丸 was"},
		{"quotation without marks", `<p>The mayor called the answer of the office <q>a farce</q>, and <q>late, too</q>. Nobody else spoke.</p>`, "office “a farce”, and “late, too”. Nobody"},
		{"quotation with marks of its own", `<p>The mayor called the answer of the office “<q>a farce</q>”, and <q>"late"</q>, and then she left the room.</p>`, "office “a farce”, and \"late\", and"},
	} {
		if got := extract.Article(storyOf(c.markup), "https://harbourpost.example/storm").Text; !strings.Contains(got, c.want) {
			t.Errorf("%s: the text is %q, want it to have %q", c.name, got, c.want)
		}
	}
}
