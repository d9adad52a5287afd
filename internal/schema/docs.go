package schema

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Docs are the comments of packages, by the name of the package and of what
// they stand at: "answer.Hit", "answer.Hit.Score". Its zero value has none.
type Docs struct {
	text   map[string]string
	values map[string][]string // of named string types: "dateline.BlockKind" → its constants
}

// ReadDocs reads the comments of the packages in the folders, tests left out.
func ReadDocs(folders ...string) (Docs, error) {
	d := Docs{text: map[string]string{}, values: map[string][]string{}}
	for _, dir := range folders {
		names, err := fs.Glob(os.DirFS(dir), "*.go")
		if err != nil {
			return d, err
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			f, err := parser.ParseFile(token.NewFileSet(), dir+"/"+name, nil, parser.ParseComments)
			if err != nil {
				return d, fmt.Errorf("comments: %w", err)
			}
			d.read(f)
		}
	}
	return d, nil
}

// read notes the comments of one file.
func (d Docs) read(f *ast.File) {
	pkg := f.Name.Name + "."
	for _, decl := range f.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range group.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				d.text[pkg+spec.Name.Name] = oneLine(spec.Doc, group.Doc)
				if s, ok := spec.Type.(*ast.StructType); ok {
					d.readFields(pkg+spec.Name.Name+".", s)
				}
			case *ast.ValueSpec:
				d.readValues(pkg, spec)
			}
		}
	}
}

func (d Docs) readFields(prefix string, s *ast.StructType) {
	for _, f := range s.Fields.List {
		for _, name := range f.Names {
			d.text[prefix+name.Name] = oneLine(f.Doc, f.Comment)
		}
	}
}

// readValues notes a constant of a named type that is a string.
func (d Docs) readValues(pkg string, spec *ast.ValueSpec) {
	named, ok := spec.Type.(*ast.Ident)
	if !ok {
		return
	}
	for _, v := range spec.Values {
		if lit, ok := v.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if text, err := strconv.Unquote(lit.Value); err == nil {
				d.values[pkg+named.Name] = append(d.values[pkg+named.Name], text)
			}
		}
	}
}

// oneLine returns the first of the comments that there is.
func oneLine(groups ...*ast.CommentGroup) string {
	for _, g := range groups {
		if text := strings.Join(strings.Fields(g.Text()), " "); text != "" {
			return text
		}
	}
	return ""
}

// key is the name of a type with that of its package, which is the last part
// of the path of every package here.
func key(t reflect.Type) string {
	return t.PkgPath()[strings.LastIndexByte(t.PkgPath(), '/')+1:] + "." + t.Name()
}

// Type returns the comment of a type.
func (d Docs) Type(t reflect.Type) string { return d.text[key(t)] }

// Field returns the comment of a field of a struct.
func (d Docs) Field(t reflect.Type, name string) string { return d.text[key(t)+"."+name] }

// Values returns the constants of a named string type, sorted; nil if it has
// none.
func (d Docs) Values(t reflect.Type) []string {
	list := slices.Clone(d.values[key(t)])
	slices.Sort(list)
	return slices.Compact(list)
}
