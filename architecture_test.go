package dateline_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestArchitectureNamesWhatExists holds ARCHITECTURE.md against the program:
// the table names every package and no other, and each function and type that
// the text names (`warc.Files.Append`) is there.
func TestArchitectureNamesWhatExists(t *testing.T) {
	b, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	known := map[string]bool{} // "warc.Files.Append"
	for dir := range sources(t) {
		name := dir
		if dir == "." {
			name = "dateline"
		}
		if !strings.Contains(text, "`"+name+"`") {
			t.Errorf("ARCHITECTURE.md does not name the package %s", name)
		}
		exported(t, dir, known)
	}
	for _, row := range regexp.MustCompile("(?m)^\\| (`.*?) \\|").FindAllStringSubmatch(text, -1) {
		for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row[1], -1) {
			if info, err := os.Stat(m[1]); m[1] != "dateline" && (err != nil || !info.IsDir()) {
				t.Errorf("ARCHITECTURE.md names the package %s, which is not there", m[1])
			}
		}
	}
	for _, m := range regexp.MustCompile("`([a-z]+\\.[A-Z][A-Za-z.]*)`").FindAllStringSubmatch(text, -1) {
		if !known[m[1]] {
			t.Errorf("ARCHITECTURE.md names %s, which is not there", m[1])
		}
	}
}

// exported adds the exported names of the package in a folder to known.
func exported(t *testing.T, dir string, known map[string]bool) {
	t.Helper()
	files, err := filepath.Glob(path.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			for _, name := range declared(d) {
				known[f.Name.Name+"."+name] = true
			}
		}
	}
}

// declared returns the names that a declaration at the top of a file makes: of
// a method with its type, "Files.Append".
func declared(d ast.Decl) (names []string) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			return []string{d.Name.Name}
		}
		recv := d.Recv.List[0].Type
		if star, ok := recv.(*ast.StarExpr); ok {
			recv = star.X
		}
		switch generic := recv.(type) {
		case *ast.IndexExpr:
			recv = generic.X
		case *ast.IndexListExpr:
			recv = generic.X
		}
		return []string{recv.(*ast.Ident).Name + "." + d.Name.Name}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				names = append(names, s.Name.Name)
			case *ast.ValueSpec:
				for _, n := range s.Names {
					names = append(names, n.Name)
				}
			}
		}
	}
	return names
}
