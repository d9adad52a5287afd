package dateline_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// TestDocumented holds that every package has a comment that says what it is, and
// that whoever reads a public package finds every exported name explained.
func TestDocumented(t *testing.T) {
	for dir := range sources(t) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		files := token.NewFileSet()
		commented, name := false, ""
		for _, e := range entries {
			if path.Ext(e.Name()) != ".go" || strings.HasSuffix(e.Name(), "_test.go") {
				continue
			}
			f, err := parser.ParseFile(files, path.Join(dir, e.Name()), nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			commented = commented || f.Doc != nil
			name = f.Name.Name
			if name == "main" || strings.Contains(dir+"/", "internal/") {
				continue
			}
			for _, id := range undocumented(f) {
				t.Errorf("%s: %s is exported without a comment", files.Position(id.Pos()), id.Name)
			}
		}
		if name != "" && !commented {
			t.Errorf("package %s has no comment", dir)
		}
	}
}

// undocumented returns the exported names that f declares without a comment:
// functions, methods of exported types, types and their fields and methods,
// constants and variables. A constant or variable has the comment of its group; a
// comment at the end of the line counts, and so does one above a field that names
// the fields after it, too.
func undocumented(f *ast.File) []*ast.Ident {
	var bare []*ast.Ident
	check := func(ids []*ast.Ident, docs ...*ast.CommentGroup) {
		for _, doc := range docs {
			if doc.Text() != "" {
				return
			}
		}
		for _, id := range ids {
			if id.IsExported() {
				bare = append(bare, id)
			}
		}
	}
	fields := func(list *ast.FieldList) {
		var above string // comment of a field, which may name those after it, too
		for _, field := range list.List {
			if doc := field.Doc.Text(); doc != "" {
				above = doc
			}
			if field.Doc == nil && field.Comment == nil && named(above, field.Names) {
				continue
			}
			check(field.Names, field.Doc, field.Comment)
		}
	}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil || ast.IsExported(receiver(d.Recv.List[0].Type)) {
				check([]*ast.Ident{d.Name}, d.Doc)
			}
		case *ast.GenDecl:
			var above string
			for _, spec := range d.Specs {
				switch s := spec.(type) {
				case *ast.ValueSpec:
					if doc := s.Doc.Text(); doc != "" {
						above = doc
					}
					if named(above, s.Names) {
						continue
					}
					check(s.Names, d.Doc, s.Doc, s.Comment)
				case *ast.TypeSpec:
					doc := d.Doc
					if d.Lparen.IsValid() {
						doc = nil
					}
					check([]*ast.Ident{s.Name}, doc, s.Doc, s.Comment)
					if !s.Name.IsExported() {
						continue
					}
					switch kind := s.Type.(type) {
					case *ast.StructType:
						fields(kind.Fields)
					case *ast.InterfaceType:
						fields(kind.Methods)
					}
				}
			}
		}
	}
	return bare
}

// named reports whether a comment has the names as words.
func named(comment string, names []*ast.Ident) bool {
	words := strings.FieldsFunc(comment, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for _, n := range names {
		if !slices.Contains(words, n.Name) {
			return false
		}
	}
	return len(names) > 0
}

// receiver returns the name of the type in a receiver: T of *T and T[K].
func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.IndexListExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}
