package byline_test

import (
	"testing"

	"dateline"
	"dateline/extract/byline"
)

func TestDateline(t *testing.T) {
	for _, c := range []struct{ text, place, agency string }{
		{"TROMSØ, Norway (AP) — The harbour was closed on Monday.", "TROMSØ, Norway", "AP"},
		{"DENVER, May 7, 2026 /NorthNewswire/ -- A maker of pipes said on Monday that it would close.", "DENVER", "NorthNewswire"},
		{"TROMSO, Norway, May 7, 2026 (HARBOUR NEWSWIRE) -- A maker of pipes said that it would close.", "TROMSO, Norway", "HARBOUR NEWSWIRE"},
		{"MINSK, October 3. /TASS/. The harbour was closed.", "MINSK", "TASS"},
		{"Madrid, 7 may (EFE).- El puerto quedó cerrado el lunes.", "Madrid", "EFE"},
		{"(ANSA) - ROMA, 07 MAG - Il porto è chiuso da lunedì.", "ROMA", "ANSA"},
		{"(부산=연합뉴스) 박지훈 기자 = 항구가 월요일에 닫혔다.", "부산", "연합뉴스"},
		{"【ソウル時事】港は月曜日に閉鎖された。", "ソウル", "時事"},
		{"【北京＝新華社】港は月曜日に閉鎖された。", "北京", "新華社"},
		{"中新网上海10月3日电 (记者 陈小明)港口周一关闭。", "上海", "中新网"},
		{"（中央社記者陳小明台北3日電）港口週一關閉。", "台北", "中央社"},
		{"中新网10月3日电 港口周一关闭。", "", "中新网"},
		{"［ロンドン　１８日　ロイター］ - 港は月曜日に閉鎖された。", "ロンドン", "ロイター"},
		{"SUND, Md. (AP) — The harbour was closed.", "SUND, Md.", "AP"},
		{"SUND, Maine--(HARBOUR WIRE)--A maker of pipes said that it would close.", "SUND, Maine", "HARBOUR WIRE"},
		{"SUND, MAINE / HARBOURWIRE / May 7, 2026 / A maker of pipes said that it would close.", "SUND, MAINE", "HARBOURWIRE"},
		{"SUND (EFE).— El puerto quedó cerrado el lunes.", "SUND", "EFE"},
		{"СУНД, 3 мая — РИА Новости. Порт закрыт с понедельника.", "СУНД", "РИА Новости"},
		{"سوند (رويترز) - أُغلق الميناء يوم الاثنين.", "سوند", "رويترز"},
		{"EITHER / OR / BOTH / NEITHER of them said so.", "", ""},
		{"OSLO — The harbour was closed on Monday.", "OSLO", ""},
		{"BREAKING — The harbour was closed on Monday.", "", ""},
		{"COVID-19 — The harbour was closed on Monday.", "", ""},
		{"WHO — the body for health — said on Monday that it would watch.", "", ""},
		{"The harbour (AP) — it was closed.", "", ""},
		{"【速報】港は月曜日に閉鎖された。", "", ""},
		{"新华社记者周一报道,港口关闭。", "", ""},
	} {
		got, _ := byline.Dateline(c.text)
		if want := (dateline.Dateline{Place: c.place, Agency: c.agency}); got != want {
			t.Errorf("Dateline(%q) = %+v, want %+v", c.text, got, want)
		}
	}
}
