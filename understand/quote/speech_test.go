package quote_test

import (
	"testing"

	"dateline/understand/quote"
	"dateline/understand/token"
)

// TestFindBySpeech tells what the rules find in languages without models: quotations, reported
// clauses, dialogues, sources, and what is none of these.
func TestFindBySpeech(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"es", "«Las compuertas aguantaron toda la noche», dijo el jueves la alcaldesa Inés Falcó.", "direct [la alcaldesa Inés Falcó] <dijo> {Las compuertas aguantaron toda la noche}"},
		{"es", "Falcó añadió que el muelle reabrirá en mayo.", "indirect [Falcó] <añadió> {que el muelle reabrirá en mayo}"},
		{"es", "—Nadie durmió aquella noche —contó Inés Falcó—. Nadie.", "direct [Inés Falcó] <contó> {Nadie durmió aquella noche … Nadie}"},
		{"es", "Según la autoridad del puerto, las obras costarán dos millones.", "indirect [la autoridad del puerto] <Según> {las obras costarán dos millones}"},
		{"es", "El muelle se cerró el lunes.", ""},
		{"pt", "\"A ponte não cai\", garantiu o engenheiro Rui Salgado.", "direct [o engenheiro Rui Salgado] <garantiu> {A ponte não cai}"},
		{"pt", "A ponte reabre em maio, informou ontem a câmara.", "indirect [a câmara] <informou> {A ponte reabre em maio}"},
		{"fr", "« Nous n’attendrons pas », a déclaré la maire, Inès Faure.", "direct [la maire, Inès Faure] <a déclaré> {Nous n’attendrons pas}"},
		{"fr", "« Nous devrons, a-t-elle ajouté, rebâtir le quai. »", "direct [elle] <a-t-elle ajouté> {Nous devrons … rebâtir le quai}"},
		{"ru", "«Мы, — сказал инженер, — всё построим».", "direct [инженер] <сказал> {Мы … всё построим}"},
		{"fr", "Selon la préfecture, le quai rouvrira en mai.", "indirect [la préfecture] <Selon> {le quai rouvrira en mai}"},
		{"it", "«Il molo ha retto», ha detto la sindaca Ines Falchi.", "direct [la sindaca Ines Falchi] <ha detto> {Il molo ha retto}"},
		{"it", "Falchi ha aggiunto che i lavori cominceranno a maggio.", "indirect [Falchi] <ha aggiunto> {che i lavori cominceranno a maggio}"},
		{"nl", "\"De kade heeft gehouden\", zei havenmeester Ines Valk.", "direct [havenmeester Ines Valk] <zei> {De kade heeft gehouden}"},
		{"nl", "Volgens de gemeente gaat de kade in mei weer open.", "indirect [de gemeente] <Volgens> {gaat de kade in mei weer open}"},
		{"sv", "– Porten höll hela natten, säger hamnchefen Ines Falk.", "direct [hamnchefen Ines Falk] <säger> {Porten höll hela natten}"},
		{"sv", "Falk uppger att kajen öppnar i juni.", "indirect [Falk] <uppger> {att kajen öppnar i juni}"},
		{"ru", "«Ворота выдержали всю ночь», — сказала мэр Инна Соколова.", "direct [мэр Инна Соколова] <сказала> {Ворота выдержали всю ночь}"},
		{"ru", "Соколова сообщила, что причал откроют в мае.", "indirect [Соколова] <сообщила> {что причал откроют в мае}"},
		{"ru", "По словам мэра, работы обойдутся в два миллиона.", "indirect [мэра] <По словам> {работы обойдутся в два миллиона}"},
		{"uk", "«Ворота витримали», — сказала мерка Інна Соколенко.", "direct [мерка Інна Соколенко] <сказала> {Ворота витримали}"},
		{"uk", "Соколенко повідомила, що причал відкриють у травні.", "indirect [Соколенко] <повідомила> {що причал відкриють у травні}"},
		{"pl", "– Brama wytrzymała całą noc – powiedziała burmistrz Inez Falk.", "direct [burmistrz Inez Falk] <powiedziała> {Brama wytrzymała całą noc}"},
		{"pl", "Falk dodała, że nabrzeże zostanie otwarte w maju.", "indirect [Falk] <dodała> {że nabrzeże zostanie otwarte w maju}"},
		{"cs", "„Vrata vydržela celou noc,“ řekla starostka Ines Falková.", "direct [starostka Ines Falková] <řekla> {Vrata vydržela celou noc}"},
		{"cs", "Podle radnice se nábřeží otevře v květnu.", "indirect [radnice] <Podle> {se nábřeží otevře v květnu}"},
		{"tr", "Belediye Başkanı İnci Falay, “Kapılar bütün gece dayandı” dedi.", "direct [Belediye Başkanı İnci Falay] <dedi> {Kapılar bütün gece dayandı}"},
		{"ar", "وقال رئيس الميناء نادر الخطيب: «صمدت البوابات طوال الليل».", "direct [رئيس الميناء نادر الخطيب] <قال> {صمدت البوابات طوال الليل}"},
		{"ar", "وأضاف الخطيب أن الرصيف سيفتح في مايو.", "indirect [الخطيب] <أضاف> {أن الرصيف سيفتح في مايو}"},
		{"zh", "市长林芳说：“闸门整夜都没有垮。”", "direct [市长林芳] <说> {闸门整夜都没有垮}"},
		{"zh", "林芳表示，码头将于五月重新开放。", "indirect [林芳] <表示> {码头将于五月重新开放}"},
		{"fr", "« C’est fini », a lancé mardi le boulanger Paul Faure. « Je ferme », a-t-il prévenu.", "direct [le boulanger Paul Faure] <a lancé> {C’est fini}\ndirect [il] <a-t-il prévenu> {Je ferme}"},
		{"fr", "Pour la ministre Inès Faure, « rien n’est perdu ».", "direct [la ministre Inès Faure] <Pour> {rien n’est perdu}"},
		{"es", "La ministra de Salud, Inés Falcó, afirmó el martes que no habrá cierres.", "indirect [La ministra de Salud, Inés Falcó] <afirmó> {que no habrá cierres}"},
		{"es", "Para su rival, Ana Mora, «es tarde».", "direct [su rival, Ana Mora] <Para> {es tarde}"},
		{"pt", "\"A ponte não cai\", disse na terça-feira a ministra da Saúde, Inês Falcão.", "direct [a ministra da Saúde, Inês Falcão] <disse> {A ponte não cai}"},
		{"ru", "Как сообщил врач Олег Рогов, больница полна.", "indirect [врач Олег Рогов] <Как сообщил> {больница полна}"},
		{"pl", "Zdaniem lekarza Adama Falka brakuje łóżek.", "indirect [lekarza Adama Falka] <Zdaniem> {brakuje łóżek}"},
		{"zh", "市长林芳周二表示，码头将于五月重新开放。", "indirect [市长林芳] <表示> {码头将于五月重新开放}"},
		{"ja", "森田恵子市長は火曜日、「水門は持ちこたえた」と述べた。", "direct [森田恵子市長] <述べ> {水門は持ちこたえた}"},
		{"ja", "森田恵子市長は「水門は一晩中持ちこたえた」と述べた。", "direct [森田恵子市長] <述べ> {水門は一晩中持ちこたえた}"},
	} {
		want := c.want
		if want != "" {
			want += "\n"
		}
		if got := shown(c.text, c.lang); got != want {
			t.Errorf("Find(%q, %s) =\n%swant\n%s", c.text, c.lang, got, want)
		}
	}
}

// TestPolarityBySpeech tells that what was not said reads as not said.
func TestPolarityBySpeech(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"es", "La alcaldesa no dijo que el muelle reabrirá en mayo.", "not said"},
		{"es", "La alcaldesa negó que el muelle reabra en mayo.", "denied"},
		{"ru", "Мэр не сказала, что причал откроют в мае.", "not said"},
		{"pl", "Burmistrz zaprzeczyła, że nabrzeże zostanie zamknięte.", "denied"},
	} {
		if got := polarity(t, c.text, c.lang); got != c.want {
			t.Errorf("polarity of %q is %q, want %q", c.text, got, c.want)
		}
	}
}

// polarity returns the polarity of the one statement of a text.
func polarity(t *testing.T, text, lang string) string {
	t.Helper()
	var cut token.Text
	cut.Read(text, lang)
	found := quote.Find(&cut, lang)
	if len(found) != 1 {
		t.Fatalf("Find(%q, %s) finds %d statements, want 1", text, lang, len(found))
	}
	return found[0].Polarity
}

// TestSpeechBroken tells that texts that begin or end with a part of a statement do no harm.
func TestSpeechBroken(t *testing.T) {
	for _, lang := range []string{"es", "fr", "nl", "ru", "cs", "tr", "ar", "zh", "ja"} {
		for _, text := range []string{"“", "“”", "“…”，他说", "「a」と", "「a」と述べた", "“a. B” dijo", "dijo: “", ": “a”", "— ", "— a, dijo", "— a — ", "según", "a, según", "göre", "“a” dedi", "说：“a”", "\n\n“a”\n\n"} {
			shown(text, lang)
		}
	}
}
