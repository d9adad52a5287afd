package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"net/http"
	"path"
	"time"
)

//go:embed static
var staticFiles embed.FS

// static serves the files that pages load. An address holds the version of its file,
// so that a browser can keep the file for as long as the address is the same.
type static struct {
	body    map[string][]byte // by name
	version map[string]string // by name: the beginning of the SHA-256 of the body
}

func newStatic() *static {
	s := &static{body: map[string][]byte{}, version: map[string]string{}}
	files, err := staticFiles.ReadDir("static")
	if err != nil {
		panic(fmt.Sprintf("embedded files: %v", err)) // Unreachable: the folder is in the binary.
	}
	for _, f := range files {
		b, err := staticFiles.ReadFile("static/" + f.Name())
		if err != nil {
			panic(fmt.Sprintf("embedded files: %v", err)) // Unreachable: as above.
		}
		sum := sha256.Sum256(b)
		s.body[f.Name()], s.version[f.Name()] = b, hex.EncodeToString(sum[:6])
	}
	return s
}

// address returns the address of a file, with its version.
func (s *static) address(name string) string {
	return "/static/" + name + "?v=" + s.version[name]
}

func (s *static) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	body, ok := s.body[name]
	if !ok {
		http.Error(w, "there is no such file", http.StatusNotFound)
		return
	}
	h := w.Header()
	h.Set("Content-Type", mediaType(name))
	h.Set("ETag", `"`+s.version[name]+`"`)
	h.Set("Cache-Control", "no-cache")
	if r.URL.Query().Get("v") == s.version[name] {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(body))
}

func mediaType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return "application/octet-stream"
}
