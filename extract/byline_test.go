package extract_test

import (
	"strings"
	"testing"

	"dateline/extract"
)

func TestPrintedBylines(t *testing.T) {
	author := func(name string) string { return `<meta name="author" content="` + name + `">` }
	const article = `<meta property="og:site_name" content="Harbour Post"><script type="application/ld+json">{"@type":"Article","headline":"Northern basin closed"}</script>`
	for _, c := range []struct{ name, head, lines, foot, bylines, from string }{
		{"run together by styles", ``, `<address>By <a href="/ed/1">Korin Millar</a><span>Published: 29 Jan 2025</span></address>`, ``, "Korin Millar", "byline/by-word"},
		{"a name of one word after By", ``, `<p>by ibby</p>`, ``, "ibby", "byline/by-word"},
		{"sections behind the name", ``, `<p class="post-meta">by Daniel Gibbon | Mar 11, 2023 | All About Boats and Boat Repair, Learn About Boats | 0 comments</p>`, ``, "Daniel Gibbon", "byline/by-word"},
		{"a role behind the name", ``, `<p>By Nicola Forde, Master Boatbuilder &amp; Harbour Educator</p>`, ``, "Nicola Forde", "byline/by-word"},
		{"who reviewed it is no author", ``, `<div class="byline">Written by Rebecca Lark</div><div class="byline">Reviewed by</div><div class="byline">Marie White</div>`, ``, "Rebecca Lark", "byline/by-word"},
		{"several in boxes of one kind", ``, `<ul><li class="author-name">Kate Giuliani</li><li class="author-name">Ravi Menon</li></ul><div class="author-note">Marie White</div>`, ``, "Kate Giuliani|Ravi Menon", "byline/named-element"},
		{"a person before an account", author("katieS"), `<p>by Aoife Reardon</p>`, ``, "Aoife Reardon", "byline/by-word"},
		{"what an article states before what is shown", article + author("Josie Kerr"), `<p>By Charles Patter</p>`, ``, "Josie Kerr", "meta:author"},
		{"whom words name before whose account it is", author("Josie Kerr"), `<p>By Charles Patter</p>`, ``, "Charles Patter", "byline/by-word"},
		{"what is stated and shown before a longer list", author("Josie Kerr") + `<meta name="dc.creator" content="Josie Kerr, Harbour Desk">`, `<p>By Josie Kerr</p>`, ``, "Josie Kerr", "meta:author"},
		{"a description under the name", ``, `<p>Kate Giuliani</p><div class="author-description">Licensed boat builder, M.A.</div>`, ``, "Kate Giuliani", "byline/above-description"},
		{"a role and the date behind bars", ``, `<p>Kate Giuliani | Senior Writer | July 2, 2025</p>`, ``, "Kate Giuliani", "byline/first-part"},
		{"a section and the date behind bars", ``, `<p>Harbour Life | Boats | July 2, 2025</p>`, ``, "", ""},
		{"an agency and its place", ``, `<div class="name">AFP, MANILA</div>`, ``, "AFP", "byline/agency-line"},
		{"a byline above a picture's credit", ``, `<div class="author">By Kate Giuliani</div><div class="caption">© Ravi Menon</div>`, ``, "Kate Giuliani", "byline/by-word"},
		{"names in a card below the text", ``, ``, `</article><section><h2>Most Popular</h2><h3>Markets shut</h3><p>By Ravi Menon</p></section>`, "", ""},
		{"names under the text", ``, ``, `<div class="share">Share this</div><p>By Ravi Menon</p>`, "Ravi Menon", "byline/by-word"},
		{"an agency behind the name without a comma", ``, `<p>By Kate Giuliani and Ravi Menon The Associated Press</p>`, ``, "Kate Giuliani|Ravi Menon", "byline/by-word"},
		{"a section is no name", `<meta property="article:section" content="Harbour Style">`, `<p class="author">Harbour Style</p>`, ``, "", ""},
		{"all of several", author("Marna Merwe"), `<p>Written by Marna Merwe, Dieter Veld and Erik Vulp</p>`, ``, "Marna Merwe|Dieter Veld|Erik Vulp", "byline/by-word"},
		{"what systems write", author("admin"), ``, ``, "", ""},
		{"a sentence with by", ``, `<p class="date">Loved by here</p>`, ``, "", ""},
		{"names beside the date, each in its element", ``, `<div><a href="/1">Kate Giuliani</a> <a href="/2">Ravi Menon</a></div><p>9 May 2023</p>`, ``, "Kate Giuliani|Ravi Menon", "byline/names-beside-date"},
		{"sections beside the date", ``, `<div><a href="/1">Real Estate</a> <a href="/2">Mortgages &amp; Homes</a></div><p>9 May 2023</p>`, ``, "", ""},
		{"a body with and in its name", author("Center for Boat Evaluation and Research"), ``, ``, "Center for Boat Evaluation and Research", "meta:author"},
		{"titles of persons", author("Marna Merwe"), `<p>Written by Dr Marna Merwe, Dr Dieter Veld</p>`, ``, "Dr Marna Merwe|Dr Dieter Veld", "byline/by-word"},
		{"the role behind the name", ``, `<div class="byline">By Kate Giuliani Chief Harbour Correspondent</div>`, ``, "Kate Giuliani", "byline/by-word"},
		{"a role that adjectives open", ``, `<div class="byline">Par Anne Morel Envoyée spéciale à Lund</div>`, ``, "Anne Morel", "byline/by-word"},
		{"an outlet with a role", ``, `<div class="byline">By Daily Harbour Reporter</div>`, ``, "Daily Harbour Reporter", "byline/by-word"},
		{"the date before the word", ``, `<div class="byline">Publicado el 3 de mayo de 2025 por Ana Rueda</div>`, ``, "Ana Rueda", "byline/by-word"},
		{"the word of the date line", ``, `<div class="byline">Publicado el 3 de mayo de 2025</div>`, ``, "", ""},
		{"the software", author("TYPO3"), ``, ``, "", ""},
		{"reporters in brackets", ``, ``, `<p>(Reporting by Kate Giuliani and Ravi Menon in Lund; editing by Marie White)</p>`, "Kate Giuliani|Ravi Menon", "byline/closing-credit"},
		{"a dash and a name", ``, ``, `<p>– Marna Merwe</p>`, "Marna Merwe", "byline/closing-credit"},
		{"a dash and no name", ``, ``, `<p>— with agencies</p>`, "", ""},
		{"labels in a line of Chinese", ``, `<div>2025-05-03 10:30　来源：港湾报　作者：陈小明　责任编辑：王芳</div>`, ``, "陈小明", "byline/by-word"},
		{"a reporter in brackets, in Chinese", ``, ``, `<p>（本报记者 陈小明）</p>`, "陈小明", "byline/closing-credit"},
		{"a reporter and the desk, in Korean", ``, ``, `<p>사회부 박지훈 기자 jhpark@harbourpost.example</p>`, "박지훈", "byline/closing-credit"},
		{"who took the pictures, in Japanese", ``, `<div class="byline">文・田村恵子　撮影・小川誠</div>`, ``, "田村恵子", "byline/by-word"},
		{"a list in JSON", `<meta name="author" content='["Kate Giuliani", {"name": "Ravi Menon"}]'>`, ``, ``, "Kate Giuliani|Ravi Menon", "meta:author"},
		{"an address behind the name", author("Kate Giuliani &lt;kate@harbourpost.example&gt;"), ``, ``, "Kate Giuliani", "meta:author"},
		{"the last name first", `<meta name="dc.creator" content="Merwe, Marna"><meta name="dc.creator" content="Veld, Dieter">`, ``, ``, "Marna Merwe|Dieter Veld", "meta:dc.creator"},
		{"what a page tells a counter", `<meta name="parsely-page" content='{"author":"Kate Giuliani","tags":["basin"]}'>`, ``, ``, "Kate Giuliani", "meta:parsely-page"},
		{"lists in lists", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Northern basin closed","author":[["Kate Giuliani"],[{"name":"Ravi Menon"}]]}</script>`, ``, ``, "Kate Giuliani|Ravi Menon", "jsonld:author"},
		{"the outlet beside its reporter", article + `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Northern basin closed","author":[{"name":"Kate Giuliani"},{"name":"Harbour Post"}]}</script>`, ``, ``, "Kate Giuliani", "jsonld:author"},
		{"topics behind the date", ``, `<p class="byline">Camille Cunning 25 March 2025 Boats, Harbour Life</p>`, ``, "Camille Cunning", "byline/named-element"},
		{"the word before updated", ``, `<p>By Jeff Cobbler. Last Updated on December 11, 2025</p>`, ``, "Jeff Cobbler", "byline/by-word"},
		{"a label in a box of authors", ``, `<p class="author">Personal finance</p>`, ``, "", ""},
		{"the headline after by", ``, `<p>By Northern basin closed</p>`, ``, "", ""},
		{"under the body", ``, ``, `<div>Posted on 15/12/2025 at 19:00 by <a href="/kg">Kate Giuliani</a></div>`, "Kate Giuliani", "byline/by-word"},
		{"links to one author", ``, ``, `<div class="meta"><a rel="author" href="/u/7">Kate Giuliani</a></div>`, "Kate Giuliani", "byline/author-link"},
		{"a role in the next element", ``, `<div class="byline">By <a href="/kg">Kate Giuliani</a> <span>Senior Harbour Reporter</span></div>`, ``, "Kate Giuliani", "byline/by-word"},
		{"a person's role run together", ``, `<div class="author-info"><b>Kate Giuliani</b><span>Founder at Boatworks</span></div>`, ``, "Kate Giuliani", "byline/named-element"},
		{"two persons in elements without a joiner", ``, `<div class="byline">By <a href="/kg">Kate Giuliani</a> <a href="/rm">Ravi Menon</a></div>`, ``, "Kate Giuliani|Ravi Menon", "byline/by-word"},
		{"one name in several elements", ``, `<div class="byline">By <b>Kate</b> <b>van Giuliani</b></div>`, ``, "Kate van Giuliani", "byline/by-word"},
		{"a person behind the date", ``, `<div class="date-author"><span>11 May 2023</span><span>Kate Giuliani</span></div>`, ``, "Kate Giuliani", "byline/own-element"},
		{"a topic behind the date", ``, `<div class="byline">11 May 2023 | <a href="/t">Boats &amp; Repair</a></div>`, ``, "", ""},
		{"the site beside a person", `<meta property="og:site_name" content="Harbour Post">` + author("Harbour Post") + author("Kate Giuliani"), ``, ``, "Kate Giuliani", "meta:author"},
		{"a joiner within a name", author("José Ortega y Gasset"), ``, ``, "José Ortega y Gasset", "meta:author"},
		{"the same between names", author("Ana Puerto y Luis Gil"), ``, ``, "Ana Puerto|Luis Gil", "meta:author"},
		{"joined in capitals", author("ANA PUERTO Y LUIS GIL"), ``, ``, "ANA PUERTO|LUIS GIL", "meta:author"},
		{"a person with an agency", author("Ana Puerto avec AFP"), ``, ``, "Ana Puerto|AFP", "meta:author"},
		{"one with the other", ``, `<p>By Kate Giuliani with Ravi Menon</p>`, ``, "Kate Giuliani|Ravi Menon", "byline/by-word"},
		{"names alone above the text of an article", article + author("Harbour Post"), `<p><b>Kate Giuliani/Ravi Menon</b></p>`, ``, "Kate Giuliani|Ravi Menon", "byline/above-paragraph"},
		{"a question alone above the text", article + author("Harbour Post"), `<p><b>Why Harbour Walls?</b></p>`, ``, "Harbour Post", "meta:author"},
		{"names alone above another page's text", ``, `<p><b>Kate Giuliani</b></p>`, ``, "", ""},
		{"the body that a person belongs to", ``, `<p>By Kate Giuliani, Boat Building College</p>`, ``, "Kate Giuliani", "byline/by-word"},
		{"the same beside the date", ``, `<div>Kate Giuliani, Boat College</div><p>9 May 2023</p>`, ``, "Kate Giuliani", "byline/beside-date"},
		{"words that no name has", ``, `<p>By Kate Giuliani and The Keepers of Harbour Walls</p>`, ``, "Kate Giuliani", "byline/by-word"},
		{"small words that names have", ``, `<p class="author">Kate van der Giuliani</p>`, ``, "Kate van der Giuliani", "byline/named-element"},
		{"the role before the name", ``, `<div class="byline">Von unserem Korrespondenten Uwe Stahl</div>`, ``, "Uwe Stahl", "byline/by-word"},
		{"the same in Dutch", ``, `<div class="byline">Door onze redacteur Piet Kuiper</div>`, ``, "Piet Kuiper", "byline/by-word"},
		{"the place before the name", ``, `<div class="byline">De notre correspondante à Lund, Anne Morel</div>`, ``, "Anne Morel", "byline/by-word"},
		{"an agency in brackets", ``, `<div class="byline">Par Anne Morel (avec AFP)</div>`, ``, "Anne Morel|AFP", "byline/by-word"},
		{"an agency behind a bar", ``, `<div class="byline">By Kate Giuliani | Associated Press</div>`, ``, "Kate Giuliani|Associated Press", "byline/by-word"},
		{"a section in a box of authors", ``, `<div class="byline">Nachrichten</div>`, ``, "", ""},
		{"a reporter and an intern, in Chinese", ``, `<div class="byline">记者 陆明 实习生 高洁</div>`, ``, "陆明|高洁", "byline/by-word"},
		{"two reporters, in Korean", ``, `<div class="byline">글·사진 박지훈·김서연 기자</div>`, ``, "박지훈|김서연", "byline/by-word-in-element"},
		{"the outlet and a reporter in brackets, in Korean", ``, `<div class="byline">[항만신문 김서연 기자]</div>`, ``, "김서연", "byline/named-element"},
		{"a name in brackets at the end", ``, ``, `<p>(Kate Giuliani)</p>`, "Kate Giuliani", "byline/closing-credit"},
		{"the same in Japanese", ``, ``, `<p>【木村玲子】</p>`, "木村玲子", "byline/closing-credit"},
		{"a note in brackets, in Japanese", ``, ``, `<p>（敬称略）</p>`, "", ""},
		{"who reported and who wrote", ``, ``, `<p>(Additional reporting by Kate Giuliani; writing by Ravi Menon; editing by Marie White)</p>`, "Ravi Menon", "byline/closing-credit"},
		{"the last name of one person first", author("Giuliani, Kate"), ``, ``, "Kate Giuliani", "meta:author"},
		{"the publisher behind the name", `<meta property="og:site_name" content="Harbour Post">` + author("Kate Giuliani Harbour Post"), ``, ``, "Kate Giuliani", "meta:author"},
		{"the software with its mark", author("Joomla! - Open Source Content Management"), ``, ``, "", ""},
		{"links to two authors", ``, ``, `<div class="meta"><a rel="author" href="/u/7">Kate Giuliani</a> <a rel="author" href="/u/8">Ravi Menon</a></div>`, "", ""},
	} {
		page := `<html lang="en-GB"><head><title>Northern basin closed</title>` + c.head + `</head><body><article><h1>Northern basin closed</h1>` + c.lines + prose + prose + c.foot + `</article></body></html>`
		a := extract.Article([]byte(page), "https://harbourpost.example/northern-basin")
		if got := strings.Join(a.Bylines, "|"); got != c.bylines || a.Evidence["bylines"] != c.from {
			t.Errorf("%s: bylines %q (%s), want %q (%s)", c.name, got, a.Evidence["bylines"], c.bylines, c.from)
		}
	}
}

func TestStatedBylines(t *testing.T) {
	for _, c := range []struct{ author, bylines string }{
		{`{"@type":"Person","name":["Kate Giuliani","Ravi Menon"]}`, "Kate Giuliani|Ravi Menon"},
		{`"Kate Giuliani, Ravi Menon"`, "Kate Giuliani|Ravi Menon"},
		{`"By Kate Giuliani"`, "Kate Giuliani"},
		{`[{"@type":"Person","name":"Kate Giuliani"},{"@type":"Person","name":"Kate Giuliani"}]`, "Kate Giuliani"},
		{`{"@type":"Person","name":"Kate Giuliani, Harbour Post"}`, "Kate Giuliani"},
		{`{"@type":"Person","name":"Kate Giuliani | Harbour Post"}`, "Kate Giuliani"},
		{`{"@type":"Person","givenName":"Kate","familyName":"Giuliani"}`, "Kate Giuliani"},
		{`{"@list":[{"@type":"Person","name":"Kate Giuliani"}]}`, "Kate Giuliani"},
		{`{"@type":"Person","name":"<a href='/kg'>Kate Giuliani</a>"}`, "Kate Giuliani"},
		{`{"@type":"Person","name":"Kate&nbsp;Giuliani"}`, "Kate Giuliani"},
		{`[{"@type":"Organization","name":"Reuters"},{"@type":"Person","name":"Kate Giuliani"}]`, "Reuters|Kate Giuliani"},
		{`{"@type":"Person","name":"kate@harbourpost.example"}`, ""},
		{`{"@type":"Person","name":"https://harbourpost.example/kate"}`, ""},
		{`{"@type":"Person","name":"undefined"}`, ""},
		{`{"@type":"Person","name":""}`, ""},
		{`null`, ""},
	} {
		page := `<html><head><title>Northern basin closed</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"Northern basin closed","publisher":{"name":"Harbour Post"},"author":` +
			c.author + `}</script></head><body><article><h1>Northern basin closed</h1>` + prose + `</article></body></html>`
		if got := strings.Join(extract.Article([]byte(page), "https://harbourpost.example/x").Bylines, "|"); got != c.bylines {
			t.Errorf("%s gives %q, want %q", c.author, got, c.bylines)
		}
	}
}
