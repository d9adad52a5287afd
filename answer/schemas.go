package answer

import (
	"embed"
	"reflect"
	"strings"
)

//go:embed schema/*.json
var schemas embed.FS

// Schema returns the JSON Schema (draft 2020-12) of a type of this package whose values
// answer something, such as Search; nil of a type that is only part of answers.
func Schema(t reflect.Type) []byte {
	b, err := schemas.ReadFile("schema/" + strings.ToLower(t.Name()) + ".json")
	if err != nil {
		return nil
	}
	return b
}
