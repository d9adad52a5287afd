package dateline_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// floors lists the packages from the bottom up. A package imports only
// packages on lower floors, so there are no cycles and no sideways imports.
const floors = `
internal/newspaper internal/words internal/tsp/tsptest
internal/text internal/disk internal/tsp
. internal/boost internal/disk/disktest internal/chain internal/dom internal/golden internal/sqlfile internal/jsontree understand/token internal/langid
extract/date extract/link extract/wall internal/disk/diskvfs
extract/byline extract/page
extract/body extract/dump relate/version relate/story
acquire/feed acquire/robots warc extract understand/quote understand/when understand/entity understand/hedge store index/field
understand/event
acquire understand pipeline query
acquire/follow
index
relate/exchange relate/speaker relate/timeline store/storetest
index/indextest
account store/sqlite store/nats index/sqlite index/memory index/opensearch surface/cite
archive
surface/export internal/schema
answer
surface/alert
surface/web surface/mcp cmd/dateline/demo
cmd/dateline internal/bench internal/crash internal/exportbench internal/fakeweb internal/grow
train/crf train/lines train/trees
train/body train/groups train/multinames train/names train/statements train/stories
`

// planned are the packages of floors that are not there yet, each with what it is going
// to be. The table keeps their places, so that nothing is built where they belong.
var planned = map[string]string{}

// modules lists every direct dependency with its reason.
var modules = map[string]string{
	"github.com/BurntSushi/toml":               "the file that says where the engines of a cluster are is TOML",
	"github.com/andybalholm/brotli":            "pages are sent in brotli",
	"github.com/klauspost/compress":            "gzip and zstd at the speed of inflate",
	"github.com/nats-io/nats.go":               "logs that several machines write and read: the client of NATS JetStream",
	"github.com/parquet-go/parquet-go":         "writes Parquet, which pandas, DuckDB, Arrow and R read",
	"github.com/modelcontextprotocol/go-sdk":   "the official implementation of the Model Context Protocol",
	"github.com/rogpeppe/go-internal":          "the command is tested by scripts a user could type; txtar",
	"github.com/santhosh-tekuri/jsonschema/v6": "tests hold every record against its JSON Schema",
	"golang.org/x/crypto":                      "argon2id, which passwords are kept by",
	"golang.org/x/net":                         "HTML parser, charsets, public suffixes",
	"golang.org/x/sync":                        "errgroup: goroutines with an owner who waits",
	"golang.org/x/term":                        "progress only on a terminal, as wide as it is",
	"golang.org/x/text":                        "NFC, legacy charsets",
	"modernc.org/libc":                         "tests give SQLite a disk that loses power: a VFS is called through it",
	"modernc.org/sqlite":                       "the embedded store and index, without cgo",
}

func TestFloors(t *testing.T) {
	level := map[string]int{}
	for i, line := range strings.Split(strings.TrimSpace(floors), "\n") {
		for _, pkg := range strings.Fields(line) {
			level[pkg] = i
		}
	}
	there := sources(t)
	for pkg := range level {
		_, exists := there[pkg]
		_, later := planned[pkg]
		switch {
		case exists && later:
			t.Errorf("package %s is there: it is no longer planned", pkg)
		case !exists && !later:
			t.Errorf("package %s stands on a floor, is not there and is not planned", pkg)
		}
	}
	for pkg := range planned {
		if _, ok := level[pkg]; !ok {
			t.Errorf("package %s is planned and stands on no floor", pkg)
		}
	}
	for dir, files := range there {
		own, ok := level[dir]
		if !ok {
			t.Errorf("package %s stands on no floor", dir)
			continue
		}
		for file, imports := range files {
			for _, imp := range imports {
				pkg, inside := within(imp)
				if !inside || pkg == dir { // an external test imports its own package
					continue
				}
				if l, ok := level[pkg]; !ok || l >= own {
					t.Errorf("%s imports %s, which is not on a lower floor", path.Join(dir, file), pkg)
				}
			}
		}
	}
}

func TestModules(t *testing.T) {
	text, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	var direct []string
	for line := range strings.Lines(string(text)) {
		f := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require "))
		if len(f) == 2 && strings.HasPrefix(f[1], "v") {
			direct = append(direct, f[0])
			if modules[f[0]] == "" {
				t.Errorf("module %s is required without a reason in deps_test.go", f[0])
			}
		}
	}
	for m := range modules {
		if !slices.Contains(direct, m) {
			t.Errorf("module %s has a reason but is not required", m)
		}
	}
}

// within returns the folder of an import path of this module.
func within(imp string) (dir string, ok bool) {
	if imp == "dateline" {
		return ".", true
	}
	return strings.CutPrefix(imp, "dateline/")
}

// sources returns the imports of every Go file of this module by folder and file.
func sources(t *testing.T) map[string]map[string][]string {
	t.Helper()
	all := map[string]map[string][]string{}
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			_, modErr := os.Stat(path.Join(name, "go.mod"))
			if name != "." && (d.Name() == "testdata" || d.Name()[0] == '.' || modErr == nil) {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir := path.Dir(name)
		if all[dir] == nil {
			all[dir] = map[string][]string{}
		}
		for _, imp := range f.Imports {
			p, err := strconv.Unquote(imp.Path.Value)
			if err != nil {
				return err
			}
			all[dir][d.Name()] = append(all[dir][d.Name()], p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
