package when_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"dateline"
	"dateline/internal/golden"
	"dateline/understand/when"
)

// sampleText is a report such as agencies write.
const sampleText = `The foreign ministry said on Thursday that the delegation had left the capital on 28 January and would return early next week. ` +
	`Negotiators are expected to publish their common answer on Wednesday, two officials said who asked not to be named because the talks are private. ` +
	`Ministers of the twelve member states met in the port city of Varn for the third time since the autumn, when the first draft of the agreement was rejected by the regional assembly. ` +
	`Unemployment fell to 4.1 percent in the third quarter of 2021, the lowest figure for almost two decades, while exports of machinery rose 12.5 percent from a year earlier. ` +
	`A spokeswoman for the harbour authority declined to comment on reports that the new terminal, planned since the late 1990s, may not open before March 2024.`

// found prints what Find returns, one "words = TYPE value MOD" each.
func found(text, published, lang string) string {
	var all []string
	for _, d := range when.Find(text, when.Reference{Published: dateline.Date(published), Lang: lang}) {
		all = append(all, strings.TrimSpace(d.Text+" = "+d.Type+" "+d.Value+" "+d.Mod))
	}
	return strings.Join(all, "; ")
}

func TestFind(t *testing.T) {
	const thursday = "2022-02-10T11:26:00Z"
	for _, test := range []struct{ lang, published, text, want string }{
		// weekdays
		{"en", thursday, "He said on Thursday.", "Thursday = DATE 2022-02-10"},
		{"en", thursday, "He resigned on Friday.", "Friday = DATE 2022-02-04"},
		{"en", thursday, "He will resign on Friday.", "Friday = DATE 2022-02-11"},
		{"en", thursday, "The vote was postponed until Tuesday.", "Tuesday = DATE 2022-02-15"},
		// what is planned now lies ahead, unless the text tells it as done; what was planned may have been for yesterday
		{"en", thursday, "They are expected to reply on Wednesday.", "Wednesday = DATE 2022-02-16"},
		{"en", thursday, "She plans to travel on Wednesday; the talks are due Wednesday, and he is leaving Wednesday.", "Wednesday = DATE 2022-02-16; Wednesday = DATE 2022-02-16; Wednesday = DATE 2022-02-09"},
		{"en", thursday, "They are expected to send a reply on Wednesday. The minister replied in a letter.", "Wednesday = DATE 2022-02-09"},
		{"en", thursday, "They are expected to send a reply on Tuesday. The minister replied in a letter.", "Tuesday = DATE 2022-02-15"},
		{"en", thursday, "They were expected to reply on Wednesday. They were expected to vote on Monday.", "Wednesday = DATE 2022-02-09; Monday = DATE 2022-02-14"},
		{"en", thursday, "A spokesman declined to comment on Monday. The council met to discuss the plan on Tuesday.", "Monday = DATE 2022-02-07; Tuesday = DATE 2022-02-08"},
		{"en", thursday, "They failed to meet Monday. Talks resume Monday. The House is to vote Wednesday on what will last through Dec. 31.", "Monday = DATE 2022-02-07; Monday = DATE 2022-02-14; Wednesday = DATE 2022-02-16; Dec. 31 = DATE 2022-12-31"},
		{"en", thursday, "The trial was set for April 20; he is set to leave Wednesday.", "April 20 = DATE 2022-04-20; Wednesday = DATE 2022-02-16"},
		{"en", thursday, "The hall is open from 10am to 6pm on Saturday. Highs are likely on Monday.", "10am = TIME 2022-02-12T10:00; 6pm on Saturday = TIME 2022-02-12T18:00; Monday = DATE 2022-02-14"},
		{"en", thursday, "It is shut Friday through Sunday. Join us this weekend.", "Friday = DATE 2022-02-11; Sunday = DATE 2022-02-13; this weekend = DATE 2022-W06-WE"},
		// an infinitive lies in the past under a verb of the past, but not under one of a wish
		{"en", thursday, "They lined up to hear Rossi here on Monday. They urged him to vote Monday. They were to vote Monday.", "Monday = DATE 2022-02-07; Monday = DATE 2022-02-14; Monday = DATE 2022-02-14"},
		{"en", thursday, "In talking to reporters on Monday, he seemed to be of two minds Tuesday. She is likely to vote Monday.", "Monday = DATE 2022-02-07; Tuesday = DATE 2022-02-08; Monday = DATE 2022-02-14"},
		{"en", thursday, "The actor died Sunday. Her victories on Tuesday will help her; on Tuesday, she will rest.", "Sunday = DATE 2022-02-06; Tuesday = DATE 2022-02-08; Tuesday = DATE 2022-02-15"},
		{"en", thursday, "Wednesday's ruling will be appealed. It is hard to tell — a poll on Friday showed so.", "Wednesday = DATE 2022-02-09; Friday = DATE 2022-02-04"},
		{"en", thursday, "On Monday, when Rossi put off work for the hastily planned trip, it rained.", "Monday = DATE 2022-02-07"},
		{"en", thursday, "They are expected to reply on Monday.", "Monday = DATE 2022-02-14"},
		{"en", thursday, "They had tried to stop Monday's ruling.", "Monday = DATE 2022-02-07"},
		{"en", thursday, "He arrived last Thursday and leaves next Thursday.", "last Thursday = DATE 2022-02-03; next Thursday = DATE 2022-02-17"},
		{"en", thursday, "Police came late Monday night.", "late Monday night = TIME 2022-02-07TNI END"},
		{"en", thursday, "It opens on Monday at 9 a.m.", "Monday at 9 a.m. = TIME 2022-02-14T09:00"},
		{"en", thursday, "She reads the Sunday Times.", ""},
		{"en", thursday, "He will meet Mr. Ree of the U.S. Court on Monday. He met J. Q. Roe, of Acme Inc., on Monday.", "Monday = DATE 2022-02-14; Monday = DATE 2022-02-07"},
		{"en", thursday, "He is leaving on Sunday. They will meet behind closed doors Sunday. He spent Sunday at home. She vowed Friday to stay.", "Sunday = DATE 2022-02-13; Sunday = DATE 2022-02-13; Sunday = DATE 2022-02-06; Friday = DATE 2022-02-04"},
		{"en", thursday, "The vote is Sunday. The debate, to be held Sunday, was long. As late as Sunday he said no. They may win.\n\nSunday was quiet.", "Sunday = DATE 2022-02-13; Sunday = DATE 2022-02-13; Sunday = DATE 2022-02-06; Sunday = DATE 2022-02-06"},
		{"en", thursday, "It left at 21:32 on Tuesday and sank at two in the morning; at three in the morning help came.", "21:32 on Tuesday = TIME 2022-02-08T21:32; two in the morning = TIME 2022-02-09T02:00; three in the morning = TIME 2022-02-09T03:00"},
		{"en", thursday, "Ferries will sail again from Monday; 14 February, a Monday, is a feast.", "Monday = DATE 2022-02-14; 14 February = DATE 2022-02-14"},
		{"en", thursday, "The figure was corrected at 10:20. It was corrected at 15:20. Six o'clock in the morning.", "10:20 = TIME 2022-02-10T10:20; 15:20 = TIME XXXX-XX-XXT15:20; Six o'clock in the morning = TIME 2022-02-10T06:00"},
		{"en", thursday, "It opens at 3 p.m. on Mondays and on Tuesday nights.", "3 p.m. on Mondays = SET XXXX-WXX-1T15:00; Tuesday nights = SET XXXX-WXX-2TNI"},
		{"en", thursday, "Two Thursdays ago; a week from Monday.", "Two Thursdays ago = DATE 2022-01-27; a week from Monday = DATE 2022-02-21"},
		{"en", thursday, "The offer had been due to expire Friday.", "Friday = DATE 2022-02-04"},
		// days and months
		{"en", thursday, "On 28 January it began.", "28 January = DATE 2022-01-28"},
		{"en", thursday, "On December 28 it began.", "December 28 = DATE 2021-12-28"},
		{"en", thursday, "It will begin on December 28.", "December 28 = DATE 2022-12-28"},
		{"en", thursday, "On March 3rd, 2019, it began.", "March 3rd, 2019 = DATE 2019-03-03"},
		{"en", thursday, "It ran from 15 to 22 February 1999.", "15 = DATE 1999-02-15; 22 February 1999 = DATE 1999-02-22"},
		{"en", thursday, "The talks of August and September 1914 failed.", "August = DATE 1914-08; September 1914 = DATE 1914-09"},
		{"en", thursday, "It was signed on 31 February 2020.", "February 2020 = DATE 2020-02"},
		{"en", thursday, "It is dated 2022-02-01 and 23/04/2002.", "2022-02-01 = DATE 2022-02-01; 23/04/2002 = DATE 2002-04-23"},
		{"en", thursday, "Due 03/04/2021, 04/04/2021.", "04/04/2021 = DATE 2021-04-04"},
		{"en-US", thursday, "Due 03/04/2021.", "03/04/2021 = DATE 2021-03-04"},
		{"en-GB", thursday, "Due 03/04/2021.", "03/04/2021 = DATE 2021-04-03"},
		{"en", thursday, "Prices fell in November.", "November = DATE 2021-11"},
		{"en", thursday, "Theresa May left. May said so. Rain, It May Be Said, Voters May Have.", ""},
		{"en", thursday, "The vote of July matters, says she; the fair opened in November.", "July = DATE 2022-07; November = DATE 2021-11"},
		{"en", thursday, "They met between March 5-9, 1918, and on May 4 and 5, 2019.", "March 5 = DATE 1918-03-05; 9, 1918 = DATE 1918-03-09; May 4 = DATE 2019-05-04; 5, 2019 = DATE 2019-05-05"},
		{"en", thursday, "Seven died on Thursday and 19 were missing; on May 4 and 19 were found.", "Thursday = DATE 2022-02-10; May 4 = DATE 2021-05-04"},
		{"en", "", "He ruled from 1981. The vote is on 7 September. It began on 3 May 2005 and ended in June.", "1981 = DATE 1981; 3 May 2005 = DATE 2005-05-03; June = DATE 2005-06"},
		{"en", thursday, "By 1650 people read resolution 1701 in 1650.", "1650 = DATE 1650"},
		{"de", thursday, "Ein 53 Jahre alter Mann wartete zwei Jahre.", "zwei Jahre = DURATION P2Y"},
		{"de", thursday, "Resolution 1701 gilt seit 2006 für 1750 Soldaten und bis 1850 €.", "2006 = DATE 2006"},
		{"en", "", "It sank on Thursday, 5 February 2026. It had left on Wednesday.", "Thursday, 5 February 2026 = DATE 2026-02-05"},
		{"en", thursday, "The shots that injured doctors in November came after the Women's March on Varn and the fall of the town.", "November = DATE 2021-11"},
		// years and wider
		{"en", thursday, "It moved in late 2021.", "late 2021 = DATE 2021 END"},
		{"en", thursday, "Flight MH370's wreck; a handful of $20s; watch CBS This Morning or the White House Daily Briefing (03:59).", ""},
		{"en", thursday, "The Sept. 11 terrorist attacks; the flavor of the week; he came on Monday, the day after the vote, at 03:59.", "the week = DATE 2022-W06; Monday = DATE 2022-02-07; the day = DATE 2022-02-07; 03:59 = TIME 2022-02-07T03:59"},
		{"en", thursday, "It cost $1990 and weighed 2,021 kilos at 1920:1080.", ""},
		{"en", thursday, "In the early 1980s and in the 19th century.", "the early 1980s = DATE 198 START; the 19th century = DATE 18"},
		{"en", thursday, "In the third quarter it fell.", "the third quarter = DATE 2021-Q3"},
		{"en", thursday, "The April-June quarter of last year was poor.", "The April-June quarter = DATE 2021-Q2; last year = DATE 2021"},
		{"en", thursday, "In the quarter ended Dec. 31 it rose from a year earlier.", "the quarter = DATE 2021-Q4; Dec. 31 = DATE 2021-12-31; a year earlier = DATE 2020-Q4"},
		{"en", thursday, "By the end of next year.", "the end of next year = DATE 2023 END"},
		{"en", thursday, "Last week and this month.", "Last week = DATE 2022-W05; this month = DATE 2022-02"},
		{"en", thursday, "Last fall and in the summer of 2003.", "Last fall = DATE 2021-FA; the summer of 2003 = DATE 2003-SU"},
		{"en", thursday, "It fell in 479 BC.", "479 BC = DATE BC0479"},
		{"en", thursday, "On Christmas Day 2020, and last Thanksgiving.", "Christmas Day 2020 = DATE 2020-12-25; last Thanksgiving = DATE 2021-11-25"},
		{"en", thursday, "Good Friday 2024 and Easter 2024.", "Good Friday 2024 = DATE 2024-03-29; Easter 2024 = DATE 2024-03-31"},
		{"en", thursday, "Last Memorial Day, on Labor Day and on Christmas Eve.", "Last Memorial Day = DATE 2021-05-31; Labor Day = DATE 2021-09-06; Christmas Eve = DATE 2021-12-24"},
		// distances and the last date spoken of
		{"en", thursday, "Two years ago; three months ago; 10 days ago.", "Two years ago = DATE 2020; three months ago = DATE 2021-11; 10 days ago = DATE 2022-01-31"},
		{"en", thursday, "On 3 March 2020 it rained, and the next day it snowed.", "3 March 2020 = DATE 2020-03-03; the next day = DATE 2020-03-04"},
		{"en", thursday, "On 3 March 2020 he left, two days before the vote; two days before, she came. Since the night of the storm.", "3 March 2020 = DATE 2020-03-03; two days = DURATION P2D; two days before = DATE 2020-03-01"},
		{"en", thursday, "Yesterday, today, tonight and tomorrow.", "Yesterday = DATE 2022-02-09; today = DATE 2022-02-10; tonight = TIME 2022-02-10TNI; tomorrow = DATE 2022-02-11"},
		// lengths, sets, references
		{"en", thursday, "Nearly two months, at least 30 days, two and a half years.", "Nearly two months = DURATION P2M LESS_THAN; at least 30 days = DURATION P30D EQUAL_OR_MORE; two and a half years = DURATION P2Y6M"},
		{"en", thursday, "A 30-day truce for several weeks, twenty-five hours.", "30-day = DURATION P30D; several weeks = DURATION PXW; twenty-five hours = DURATION PT25H"},
		{"en", thursday, "It costs $33 million a year and will soon end.", "a year = SET P1Y; soon = DATE FUTURE_REF"},
		{"en", thursday, "On 3 March 2020, the day after the vote, he left. He was in his 30s.\n\nThe day before the wedding he wept.", "3 March 2020 = DATE 2020-03-03; the day = DATE 2020-03-03"},
		{"en", thursday, "Every Monday, daily, twice a week.", "Every Monday = SET XXXX-WXX-1; daily = SET P1D; twice a week = SET P1W"},
		{"en", thursday, "It is now known. The future is open.", "now = DATE PRESENT_REF; The future = DATE FUTURE_REF"},
		{"en", thursday, "A decades-long battle ended after eight trading days.", "decades-long = DURATION PXE; eight trading days = DURATION P8D"},
		{"en", thursday, "A 19-year-old second-hand dealer.", ""},
		// what a clause tells apart is not the last one spoken of
		{"en", thursday, "On 3 March 2020 it rained. The day Rossi left, the night he died, the summer she turned ten; that Saturday when it snowed.", "3 March 2020 = DATE 2020-03-03"},
		{"en", thursday, "Next morning it rained, and the next day.", ""},
		{"en", thursday, "Sales fell last year after rising the year before. The year before he left they rose.", "last year = DATE 2021; the year before = DATE 2020"},
		// names
		{"en", thursday, "The Good Friday Agreement, a Prague Spring, Saturday Night Live, 60 Minutes and the Long March.", ""},
		{"en", thursday, "She told the \"Today\" show and ''Fox News Sunday'' of Super Tuesday. ''Yesterday I slept.''", "Yesterday = DATE 2022-02-09"},
		{"en", thursday, "Shares closed at 1995.5, and the fall in prices filled about 2000 sheets.", ""},
		{"en", thursday, "She left in her early 20s at 60 miles per hour, a matter of days; half an hour, a half-hour show.", "half an hour = DURATION PT30M; half-hour = DURATION PT30M"},
		{"en", thursday, "He left in 1992. Today, thirty years later, he is back; next year he will go, and two years later return.", "1992 = DATE 1992; Today = DATE 2022-02-10; thirty years = DURATION P30Y; next year = DATE 2023; two years later = DATE 2025"},
		{"en", thursday, "Now, we will see. She will be named head in December and was, now as then, named in December.", "December = DATE 2022-12; now = DATE PRESENT_REF; December = DATE 2021-12"},
		{"de", thursday, "Ein regnerischer Morgen: Morgen schneit es, hieß es am siebten Oktober. Ein Mann mit 50 Jahren.", "Morgen = DATE 2022-02-11; siebten Oktober = DATE 2021-10-07"},
		{"en", thursday, "Results are due on Nov. 3; she faces a vote on Monday; the annual March for Life; 24 hours a day.", "Nov. 3 = DATE 2022-11-03; Monday = DATE 2022-02-14"},
		{"en", thursday, "He spoke on Sunday. The day before, at a rally, he had not. She said that March was cold; at the end of the day it was.", "Sunday = DATE 2022-02-06; The day before = DATE 2022-02-05; March = DATE 2022-03"},
		{"en", thursday, "They kept going until Friday; the vote was postponed until Friday.", "Friday = DATE 2022-02-04; Friday = DATE 2022-02-11"},
		{"en", thursday, "Every 2 April and each April 2; tmrw and this Sat at 7pm.", "Every 2 April = SET XXXX-04-02; each April 2 = SET XXXX-04-02; tmrw = DATE 2022-02-11; this Sat at 7pm = TIME 2022-02-12T19:00"},
		// what the publication does not tell stays out
		{"en", "2022-02", "Last year, last week, yesterday, on Thursday, in 2020.", "Last year = DATE 2021; 2020 = DATE 2020"},
		{"en", "", "Last year, on 3 May, on 4 May 2020, three days.", "4 May 2020 = DATE 2020-05-04; three days = DURATION P3D"},
		{"tlh", thursday, "On 4 May 2020.", ""},
		{"", thursday, "On 4 May 2020.", "4 May 2020 = DATE 2020-05-04"},
		// other languages
		{"de-AT", thursday, "Er wird am Mittwoch erwartet, sagte er gestern Abend.", "Mittwoch = DATE 2022-02-16; gestern Abend = TIME 2022-02-09TEV"},
		{"de", thursday, "Am 3.4. und am 10.02.2021, seit 1998.", "3.4. = DATE 2022-04-03; 10.02.2021 = DATE 2021-02-10; 1998 = DATE 1998"},
		{"de", thursday, "In der Nacht zum Mittwoch, im dritten Quartal 2021.", "Nacht zum Mittwoch = TIME 2022-02-09TNI; dritten Quartal 2021 = DATE 2021-Q3"},
		{"de", thursday, "In der Nacht zum vergangenen Dienstag.", "Nacht zum vergangenen Dienstag = TIME 2022-02-08TNI"},
		{"es", thursday, "El viernes chocó; murió dos días después de su boda. Recibe el boletín cada mañana.", "viernes = DATE 2022-02-04; dos días = DURATION P2D; cada mañana = SET XXXX-XX-XXTMO"},
		{"de", thursday, "Die Sitzung ist für Dienstag geplant und dauert bis zum Mittwoch; montags ist Ruhetag.", "Dienstag = DATE 2022-02-15; Mittwoch = DATE 2022-02-16; montags = SET XXXX-WXX-1"},
		{"de", thursday, "Der Minister ist am Montag zurückgetreten. Ab Samstag wird gestreikt. Am 3. März kam er, am Vortag hatte er telefoniert.", "Montag = DATE 2022-02-07; Samstag = DATE 2022-02-12; 3. März = DATE 2022-03-03; Vortag = DATE 2022-03-02"},
		{"fr", thursday, "Le pont, ouvert au XIXe siècle, ferme à partir de lundi et jusqu'à mardi. Dans les années 90.", "XIXe siècle = DATE 18; lundi = DATE 2022-02-14; mardi = DATE 2022-02-15; les années 90 = DATE 199"},
		{"es", thursday, "Circulará a partir del lunes y hasta el martes. El 3 de febrero llegó y el mismo día se fue.", "lunes = DATE 2022-02-14; martes = DATE 2022-02-15; 3 de febrero = DATE 2022-02-03; el mismo día = DATE 2022-02-03"},
		{"pt", thursday, "A partir de segunda-feira e até a terça-feira; toda segunda-feira; no fim de semana passado.", "segunda-feira = DATE 2022-02-14; terça-feira = DATE 2022-02-15; toda segunda-feira = SET XXXX-WXX-1; fim de semana passado = DATE 2022-W05-WE"},
		{"ru", thursday, "Встреча, запланированная на вторник, состоится. 3 февраля он приехал, накануне звонил, а спустя три дня уехал.", "вторник = DATE 2022-02-15; 3 февраля = DATE 2022-02-03; накануне = DATE 2022-02-02; спустя три дня = DATE 2022-02-05"},
		{"fr", thursday, "Mardi prochain à 20h30, avant-hier, mi-mars.", "Mardi prochain à 20h30 = TIME 2022-02-15T20:30; avant-hier = DATE 2022-02-08; mi-mars = DATE 2022-03 MID"},
		{"es", thursday, "Pasado mañana por la mañana; el jueves 10; hace dos años.", "Pasado mañana = DATE 2022-02-12; jueves 10 = DATE 2022-02-10; hace dos años = DATE 2020"},
		{"pt", thursday, "Na sexta-feira (4), às 20h30; a segunda vez; em 1º de maio de 2020.", "sexta-feira (4) = DATE 2022-02-04; 20h30 = TIME 2022-02-04T20:30; 1º de maio de 2020 = DATE 2020-05-01"},
		{"ru", thursday, "Он приедет во вторник. В начале февраля, летом 2021 года, два года назад.", "вторник = DATE 2022-02-15; начале февраля = DATE 2022-02 START; летом 2021 года = DATE 2021-SU; два года назад = DATE 2020"},
		{"it", thursday, "La sindaca ha parlato lunedì. Il molo è crollato il 31 gennaio e riaprirà a metà maggio. Ieri il porto era chiuso, due anni fa no.", "lunedì = DATE 2022-02-07; 31 gennaio = DATE 2022-01-31; maggio = DATE 2022-05; Ieri = DATE 2022-02-09; due anni fa = DATE 2020"},
		{"uk", thursday, "Мер виступила в понеділок. Причал упав 31 січня 2021 року. Вчора порт був закритий, два роки тому ні.", "понеділок = DATE 2022-02-07; 31 січня 2021 року = DATE 2021-01-31; Вчора = DATE 2022-02-09; два роки тому = DATE 2020"},
		{"pl", thursday, "Burmistrz mówiła w poniedziałek. Nabrzeże runęło 31 stycznia 2021 roku. Wczoraj port był zamknięty, dwa lata temu nie.", "poniedziałek = DATE 2022-02-07; 31 stycznia 2021 roku = DATE 2021-01-31; Wczoraj = DATE 2022-02-09; dwa lata temu = DATE 2020"},
		{"cs", thursday, "Starostka mluvila v pondělí. Nábřeží spadlo 31. ledna 2021. Včera byl přístav zavřený, před dvěma lety ne.", "pondělí = DATE 2022-02-07; 31. ledna 2021 = DATE 2021-01-31; Včera = DATE 2022-02-09; před dvěma lety = DATE 2020"},
		{"sv", thursday, "Kommunalrådet talade i måndags. Kajen rasade den 31 januari 2021. I går var hamnen stängd, för två år sedan inte.", "i måndags = DATE 2022-02-07; den 31 januari 2021 = DATE 2021-01-31; I går = DATE 2022-02-09; för två år sedan = DATE 2020"},
		{"tr", thursday, "Başkan pazartesi günü konuştu. Rıhtım 31 Ocak 2021 tarihinde çöktü. Dün liman kapalıydı, iki yıl önce değildi.", "pazartesi günü = DATE 2022-02-07; 31 Ocak 2021 = DATE 2021-01-31; Dün = DATE 2022-02-09; iki yıl önce = DATE 2020"},
		{"ar", thursday, "تحدث الرئيس يوم الاثنين. انهار الجدار في 31 يناير. وأغلق الميناء أمس.", "يوم الاثنين = DATE 2022-02-07; 31 يناير = DATE 2022-01-31; أمس = DATE 2022-02-09"},
		{"nl", thursday, "De minister is maandag afgetreten, zei zijn woordvoerder dinsdagavond.", "maandag = DATE 2022-02-07; dinsdagavond = TIME 2022-02-08TEV"},
		{"nl-BE", thursday, "De raad zal woensdag beslissen. Vanavond om 20.30 uur begint het debat; overmorgen om tien uur volgt het besluit.", "woensdag = DATE 2022-02-16; Vanavond om 20.30 uur = TIME 2022-02-10T20:30; overmorgen om tien uur = TIME 2022-02-12T10:00"},
		{"nl", thursday, "Reizigers rijden sinds vorige week donderdag om, en volgende week op dinsdag niet meer.", "vorige week donderdag = DATE 2022-02-03; volgende week op dinsdag = DATE 2022-02-15"},
		{"nl", thursday, "De brug ging op 3 maart 2021 open, een dag later sloot zij weer. Twee jaar geleden was dat anders.", "3 maart 2021 = DATE 2021-03-03; een dag later = DATE 2021-03-04; Twee jaar geleden = DATE 2020"},
		{"nl", thursday, "Vorige week en dit jaar, afgelopen zomer, eind december; de jaren negentig en de 19e eeuw.", "Vorige week = DATE 2022-W05; dit jaar = DATE 2022; afgelopen zomer = DATE 2021-SU; eind december = DATE 2021-12 END; de jaren negentig = DATE 199; de 19e eeuw = DATE 18"},
		{"nl", thursday, "Het verdrag van 10-02-2021 geldt sinds 1998 voor 1750 mensen; wo. 9 feb. 2022, in het derde kwartaal van 2021.", "10-02-2021 = DATE 2021-02-10; 1998 = DATE 1998; wo. 9 feb. 2022 = DATE 2022-02-09; derde kwartaal van 2021 = DATE 2021-Q3"},
		{"nl", thursday, "De 53-jarige man wachtte anderhalf uur. De staking duurt tot en met vrijdag, elke maandag, dagelijks en twee keer per week.", "anderhalf uur = DURATION PT1H30M; vrijdag = DATE 2022-02-11; elke maandag = SET XXXX-WXX-1; dagelijks = SET P1D; per week = SET P1W"},
		{"nl", thursday, "Op zondag 6 februari, in de nacht van zaterdag op zondag, dinsdagmiddag rond 16.00 uur; Goede Vrijdag 2024, op 15 en 16 mei 2020.", "zondag 6 februari = DATE 2022-02-06; nacht van zaterdag op zondag = TIME 2022-02-06TNI; dinsdagmiddag rond 16.00 uur = TIME 2022-02-08T16:00; Goede Vrijdag 2024 = DATE 2024-03-29; 15 = DATE 2020-05-15; 16 mei 2020 = DATE 2020-05-16"},
	} {
		if got := found(test.text, test.published, test.lang); got != test.want {
			t.Errorf("Find(%q, %q, %q)\n got %s\nwant %s", test.text, test.published, test.lang, got, test.want)
		}
	}
}

func TestFindSays(t *testing.T) {
	text := "On 4 May 2020, and last Tuesday."
	got := when.Find(text, when.Reference{Published: "2022-02-10"})
	want := []dateline.Timex{
		{Words: dateline.Words{Start: 3, End: 13, Text: "4 May 2020"}, Type: "DATE", Value: "2020-05-04", Basis: when.Stated, Rule: "when/date"},
		{Words: dateline.Words{Start: 19, End: 31, Text: "last Tuesday"}, Type: "DATE", Value: "2022-02-08", Basis: when.Relative, Rule: "when/weekday"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("Find(%q) = %+v, want %+v", text, got, want)
	}
}

func TestFindZone(t *testing.T) {
	east := time.FixedZone("", 10*60*60)
	for _, test := range []struct {
		published dateline.Date
		zone      *time.Location
		want      string
	}{
		{"2022-02-10T20:00:00Z", nil, "2022-02-10"},
		{"2022-02-10T20:00:00Z", east, "2022-02-11"},
		{"2022-02-10T20:00:00", east, "2022-02-10"},
		{"2022-02-10", east, "2022-02-10"},
	} {
		got := when.Find("It happened today.", when.Reference{Published: test.published, Zone: test.zone})
		if len(got) != 1 || got[0].Value != test.want {
			t.Errorf("today in %s in zone %v = %+v, want %s", test.published, test.zone, got, test.want)
		}
	}
}

// TestNarrative has a text tell of another time than that of its publication.
func TestNarrative(t *testing.T) {
	text := "The siege began in June 1775. On 17 June 1775 the hill was taken, and in 1776 the army left. " +
		"By 1777 the war had spread; the treaty came in 1778. On 6 February it was signed, and two days later the fleet sailed. In December 1778 it returned, and in January it left again."
	want := "June 1775 = DATE 1775-06; 17 June 1775 = DATE 1775-06-17; 1776 = DATE 1776; 1777 = DATE 1777; 1778 = DATE 1778; " +
		"6 February = DATE 1778-02-06; two days later = DATE 1778-02-08; December 1778 = DATE 1778-12; January = DATE 1779-01"
	if got := found(text, "2009-12-19", "en"); got != want {
		t.Errorf("Find(%q)\n got %s\nwant %s", text, got, want)
	}
}

// TestNarrativeGoesOn has years in passing, ahead and just before, seasons after
// one another, and one who speaks of his own years.
func TestNarrativeGoesOn(t *testing.T) {
	text := "The siege began in June 1775. A bridge was to be built in 1777, as others had been in 1614, and on 17 June the hill was taken. " +
		"The next winter was hard, and the next spring worse. By 1776, 1777 and 1778 the war had spread. " +
		"They met in 1776. In early September they parted. \"Ten years ago we came,\" he said on 3 March 1779, and the day following they left."
	want := "June 1775 = DATE 1775-06; 1777 = DATE 1777; 1614 = DATE 1614; 17 June = DATE 1775-06-17; " +
		"The next winter = DATE 1775-WI; the next spring = DATE 1776-SP; 1776 = DATE 1776; 1777 = DATE 1777; 1778 = DATE 1778; " +
		"1776 = DATE 1776; early September = DATE 1776-09 START; 3 March 1779 = DATE 1779-03-03; the day following = DATE 1779-03-04"
	if got := found(text, "2009-12-19", "en"); got != want {
		t.Errorf("Find(%q)\n got %s\nwant %s", text, got, want)
	}
}

// TestNoNarrative has reports that name many years, but no months of theirs, and
// a chronicle of the last two years, which is one.
func TestNoNarrative(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"He ran in 1988, 1992 and 1996, won in 2000 and lost in 2004. In August, he plans to publish a book; this year sales fell.",
			"1988 = DATE 1988; 1992 = DATE 1992; 1996 = DATE 1996; 2000 = DATE 2000; 2004 = DATE 2004; August = DATE 2016-08; this year = DATE 2016"},
		{"In May 2014, June 2014, July 2014, August 2014, October 2014, November 2014, January 2015, March 2015, April 2015 and on 3 June 2015 they met. In July they parted.",
			"May 2014 = DATE 2014-05; June 2014 = DATE 2014-06; July 2014 = DATE 2014-07; August 2014 = DATE 2014-08; October 2014 = DATE 2014-10; " +
				"November 2014 = DATE 2014-11; January 2015 = DATE 2015-01; March 2015 = DATE 2015-03; April 2015 = DATE 2015-04; 3 June 2015 = DATE 2015-06-03; July = DATE 2015-07"},
	} {
		if got := found(test.text, "2016-07-05", "en"); got != test.want {
			t.Errorf("Find(%q)\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

// TestGoldenScore counts, over the labelled sentences, the expressions found
// with the same words (strict) and with the same value and mod as well.
func TestGoldenScore(t *testing.T) {
	f := golden.Read(t, "testdata/score.txt")
	f.Check(t, "score", score(t, f, []string{"en", "de", "fr", "es", "pt", "ru"}))
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat(sampleText+"\n\n", 20)
	ref := when.Reference{Published: "2022-02-10T11:26:00Z", Lang: "en"}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		when.Find(text, ref)
	}
}

func FuzzFind(f *testing.F) {
	f.Add(sampleText, "2022-02-10T11:26:00Z", "en")
	for lang, text := range languageSamples {
		f.Add(text, "2022-02-10", lang)
	}
	f.Add("31/12/99 1/2 hour 99:99 0001-01-01 9999 BC twenty-twenty thousand hundred million", "0001", "en")
	f.Fuzz(func(t *testing.T, text, published, lang string) {
		checkFind(t, text, when.Reference{Published: dateline.Date(published), Lang: lang})
	})
}

var languageSamples = map[string]string{
	"de": "Am Dienstagmorgen um 7.15 Uhr, am 3.4. und vor zwei Jahren.",
	"fr": "Mardi prochain à 20h30, aujourd'hui, d’avril à l’été 2021.",
	"es": "El jueves 10 por la mañana, hace dos años.",
	"pt": "Na sexta-feira (4), em 1º de maio, há três dias.",
	"nl": "Vanavond om 20.30 uur, 's avonds, op 10-02-2021 en tot en met vrijdag.",
	"ru": "В ночь на среду, с 3 по 5 марта, в 1990-х годах.",
}

// TestProperties checks what holds for every text, on all ends of a few.
func TestProperties(t *testing.T) {
	for lang, text := range languageSamples {
		for i := range len(text) {
			checkFind(t, text[i:], when.Reference{Published: "2022-02-10", Lang: lang})
			checkFind(t, text[:i], when.Reference{Published: "2022-02-10", Lang: "en"})
		}
	}
	checkFind(t, strings.Repeat("the first of the last two or three days of ", 2000), when.Reference{Published: "2022-02-10"})
}

// checkFind finds twice and checks order, spans and values.
func checkFind(t *testing.T, text string, ref when.Reference) {
	t.Helper()
	all := when.Find(text, ref)
	if again := when.Find(text, ref); !reflect.DeepEqual(all, again) {
		t.Errorf("Find(%q) differs when called twice:\n%+v\n%+v", text, all, again)
	}
	f := dateline.Findings{Dates: all}
	if err := f.Check(&dateline.Article{Text: text}); err != nil {
		t.Errorf("Find(%q): %v", text, err)
	}
	end := 0
	for _, d := range all {
		if d.Start < end || d.End == d.Start || d.Type == "" || d.Value == "" || d.Basis == "" || !strings.HasPrefix(d.Rule, "when/") {
			t.Errorf("Find(%q) has %+v after byte %d", text, d, end)
		}
		end = d.End
	}
}
