package byline_test

import (
	"slices"
	"testing"

	"dateline/extract/byline"
)

// TestSplit reads lines of names as the press of many languages prints them.
func TestSplit(t *testing.T) {
	for _, c := range []struct {
		line string
		want []string
	}{
		{"Kate Giuliani and Ravi Menon", []string{"Kate Giuliani", "Ravi Menon"}},
		{"BY KATE GIULIANI STAFF WRITER", []string{"KATE GIULIANI"}},
		{"Авторка: Олена Коваль", []string{"Олена Коваль"}},
		{"מאת: דנה כהן ויוסי לוי", []string{"דנה כהן", "יוסי לוי"}},
		{"דנה כהן ורד לוי", []string{"דנה כהן ורד לוי"}}, // Vered is a name
		{"بقلم سليم حداد وليلى منصور", []string{"سليم حداد", "ليلى منصور"}},
		{"سليم حداد، مراسل صدى الميناء", []string{"سليم حداد"}},
		{"文化部　佐藤健一記者", []string{"佐藤健一"}},
		{"김민수 선임기자", []string{"김민수"}},
		{"文/陈晓明 编辑/李梅", []string{"陈晓明"}},
	} {
		if got := byline.Split(c.line); !slices.Equal(got, c.want) {
			t.Errorf("Split(%q) = %q, want %q", c.line, got, c.want)
		}
	}
}

// TestOpeningAndClosing reads who wrote a text where its first or its last line says so.
func TestOpeningAndClosing(t *testing.T) {
	for _, c := range []struct {
		read func(string) []string
		line string
		want []string
	}{
		{byline.Opening, "[북항=바다일보] 김민수 기자 = 북항이 폭풍으로 밤새 닫혀 있었다.", []string{"김민수"}},
		{byline.Opening, "(서울=연합뉴스) 김민수 이영희 기자 = 북항이 폭풍으로 밤새 닫혀 있었다.", []string{"김민수", "이영희"}},
		{byline.Opening, "新华社北港5月7日电（记者 陈晓明）北港星期一关闭。", []string{"陈晓明"}},
		{byline.Opening, "北港星期一关闭，（记者说）没有船只进出。", nil},
		{byline.Opening, "The port stayed closed all night.", nil},
		{byline.Closing, "港は閉鎖されたままだ。【佐藤健一】", []string{"佐藤健一"}},
		{byline.Closing, "（佐藤健一、鈴木花子）", []string{"佐藤健一", "鈴木花子"}},
		{byline.Closing, "港は閉鎖されたままだ。（敬称略）", nil},
		{byline.Closing, "The port stayed closed (Harbour Office)", nil},
	} {
		if got := c.read(c.line); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.line, got, c.want)
		}
	}
}

// TestOnlyCredits tells lines of credits from those of a text.
func TestOnlyCredits(t *testing.T) {
	for line, want := range map[string]bool{
		"(Reporting by Kate Giuliani; Editing by Ravi Menon)":           true,
		"(Reportage de Anne Morel, édité par Paul Roy)":                 true,
		"(Reporte de Ana Prado; editado por Luis Soto)":                 true,
		"Translated from the German by Jonas Ekdahl":                    true,
		"Übersetzung aus dem Englischen: Jonas Ekdahl":                  true,
		"By the evening nothing was left of the pier":                   false,
		"The book was translated by Jonas Ekdahl":                       false,
		"Translated from the German by Jonas Ekdahl, it sold for years": false,
	} {
		if got := byline.OnlyCredits(line); got != want {
			t.Errorf("OnlyCredits(%q) = %v", line, got)
		}
	}
}

// TestCapitalSurname tells signatures with the family name in capitals.
func TestCapitalSurname(t *testing.T) {
	for line, want := range map[string]bool{"Pierre MOREL": true, "Иван КОЛАРОВ.": true, "Anne Morel": false, "PIERRE MOREL": false, "In 1931": false, "Radio BBC2": false} {
		if got := byline.CapitalSurname(line); got != want {
			t.Errorf("CapitalSurname(%q) = %v", line, got)
		}
	}
}
