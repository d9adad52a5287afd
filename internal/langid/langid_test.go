package langid_test

import (
	"strings"
	"testing"

	"dateline/internal/langid"
)

func TestGuess(t *testing.T) {
	for text, want := range map[string]string{
		"The mayor said on Monday that the ships would return to the harbour before the summer.":               "en",
		"Die Bürgermeisterin sagte am Montag, dass die Schiffe noch vor dem Sommer zurückkehren werden.":       "de",
		"Le maire a déclaré lundi que les bateaux seraient de retour dans le port avant la fin de l'été.":      "fr",
		"El alcalde dijo el lunes que los barcos volverían al puerto antes de que terminara el verano.":        "es",
		"O prefeito disse na segunda-feira que os navios não voltarão ao porto antes do fim do verão.":         "pt",
		"Il sindaco ha detto che le navi torneranno nel porto della città prima della fine dell'estate.":       "it",
		"De burgemeester zei maandag dat de schepen nog voor het einde van de zomer terug zullen zijn.":        "nl",
		"Burmistrz powiedział w poniedziałek, że statki wrócą do portu jeszcze przed końcem tego lata.":        "pl",
		"Belediye başkanı pazartesi günü gemilerin yaz bitmeden önce limana geri döneceğini söyledi.":          "tr",
		"Мэр города заявил в понедельник, что корабли вернутся в порт до конца этого лета.":                    "ru",
		"Міський голова сказав у понеділок, що кораблі повернуться до порту ще до кінця цього літа.":           "uk",
		"قال رئيس البلدية يوم الاثنين إن السفن ستعود إلى الميناء قبل نهاية الصيف.":                             "ar",
		"ראש העיר אמר ביום שני כי הספינות ישובו לנמל לפני סוף הקיץ":                                            "he",
		"市长星期一说，船只将在夏天结束之前返回港口。":                                                                               "zh",
		"市長は月曜日、船は夏が終わる前に港に戻ると述べた。":                                                                            "ja",
		"市長は月曜日の記者会見で、港湾施設の復旧工事完了後、漁船団全三十隻が帰港予定と発表":                                                            "ja",
		"시장은 월요일에 배들이 여름이 끝나기 전에 항구로 돌아올 것이라고 말했다.":                                                            "ko",
		"Ο δήμαρχος είπε τη Δευτέρα ότι τα πλοία θα επιστρέψουν στο λιμάνι πριν από το τέλος του καλοκαιριού.": "el",
		"": "", "1234 5678 — 90 %": "", "…!?": "", "ᚠᚢᚦ": "",
	} {
		got, confidence := langid.Guess(text)
		if got != want {
			t.Errorf("Guess(%q) = %q, want %q", text, got, want)
		}
		if confidence < 0 || confidence > 1 || want == "" && confidence != 0 {
			t.Errorf("Guess(%q) is sure by %v", text, confidence)
		}
	}
}

// TestConfidence compares how sure a short text and a long one make.
func TestConfidence(t *testing.T) {
	_, short := langid.Guess("hotel")
	_, long := langid.Guess(strings.Repeat("When the harbour opened again after the long winter, nobody in the town had expected that so many ships would come back. ", 3))
	if short >= long || long != 1 {
		t.Errorf("a word makes sure by %v, paragraphs by %v", short, long)
	}
}
