package date

import (
	"strings"

	"dateline/internal/text"
)

// A Label is what the words beside a date call it.
type Label uint8

const (
	Plain     Label = iota // nothing
	Published              // the date of publication
	Updated                // the date of a change
)

// updatedWords stand beside the date of a change, publishedWords beside that of
// publication.
var updatedWords = text.NewPhrases("updat", "modif", "aktualis", "aktualiz", "zuletzt", "actualiz", "mis à jour", "aggiorn", "atualiz", "bijgewerkt", "gewijzigd", "oppdatert", "opdateret",
	"uppdaterad", "обновл", "оновл", "güncelle", "diperbarui", "更新", "수정", "last edited", "revised", "reviewed", "ultima modifica", "stand:",
	"päivitetty", "frissítve", "actualizat", "ενημέρωση", "ažurir", "endret", "ændret", "עודכן", "تحديث", "修改", "cập nhật")

var publishedWords = text.NewPhrases("publish", "publié", "publie", "publica", "publice", "publicē", "publika", "publiko", "publikuo", "publisert", "publizi", "veröffentlicht", "erschienen", "posted", "created", "avaldatud", "közzétéve", "опубликован", "опублікован", "дата публікації", "offentliggjort", "yayın", "입력", "配信", "公開",
	"pubblicat", "дата публикации", "julkaistu", "objavljen", "megjelent", "δημοσίευση", "פורסם", "نشر", "등록", "发布", "發布", "diterbitkan")

// LabelOf tells what words call the date beside them.
func LabelOf(words string) Label {
	low := text.Lower(words)
	switch {
	case updatedWords.In(low):
		return Updated
	case publishedWords.In(low):
		return Published
	}
	return Plain
}

// MetaLabel tells by its name what date a <meta> gives: "w-published-date".
func MetaLabel(name string) Label {
	switch {
	case !strings.Contains(name, "date") && !strings.Contains(name, "time"):
	case strings.Contains(name, "modif") || strings.Contains(name, "update"):
		return Updated
	case strings.Contains(name, "publish") || strings.Contains(name, "publication"):
		return Published
	}
	return Plain
}
