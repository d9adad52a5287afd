package acquire

import (
	"archive/zip"
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"strings"
)

// Bounds of a ZIP file. Text shrinks to a tenth, the most that deflate can do is a
// thousandth: what is more than the bound is made to harm. Set by eye.
const (
	mostEntries  = 1_000_000
	mostInflated = 200      // times the size of the file
	leastBound   = 64 << 20 // bytes that any file may hold
	mostPackage  = 32 << 20 // of datapackage.json
	mostSpooled  = 16 << 30 // of a ZIP file that comes as a stream
)

// zip reads the files in a ZIP file as if they stood in a folder. in is that which buf
// reads from; if it is no file, it is copied into one.
func (r *reading) zip(name, address string, in io.Reader, buf *bufio.Reader) bool {
	if r.zipped {
		return r.fail(name, 0, errors.New("it is a ZIP file within a ZIP file, which is not opened"))
	}
	f, isFile := in.(*os.File)
	if !isFile || !isRegular(f) {
		spool, err := os.CreateTemp("", "dateline-*.zip")
		if err != nil {
			return r.stop(err)
		}
		defer func() { _ = os.Remove(spool.Name()) }() // it is nobody's
		defer spool.Close()
		n, err := io.Copy(spool, io.LimitReader(buf, mostSpooled+1))
		switch {
		case err != nil:
			return r.fail(name, n, bareError(err))
		case n > mostSpooled:
			return r.fail(name, n, errTooLarge(mostSpooled))
		}
		f = spool
	}
	info, err := f.Stat()
	if err != nil {
		return r.fail(name, -1, bareError(err))
	}
	z, err := zip.NewReader(f, info.Size())
	if err != nil {
		return r.fail(name, -1, fmt.Errorf("ZIP: %w", err))
	}
	if len(z.File) > mostEntries {
		return r.fail(name, -1, fmt.Errorf("ZIP: it lists more than %d files", mostEntries))
	}
	inner := r.inner
	r.inner, r.zipped = true, true
	defer func() { r.inner, r.zipped = inner, false }()
	b := &budget{left: max(leastBound, mostInflated*info.Size())}
	digests, isWACZ, err := waczDigests(z, b)
	if err != nil && !r.fail(name, -1, err) {
		return false
	}
	for _, e := range z.File {
		switch {
		case e.FileInfo().IsDir() || strings.HasPrefix(e.Name, "__MACOSX/"):
			continue
		case isWACZ && !strings.HasPrefix(e.Name, "archive/"): // indexes, lists, logs
			if !r.passed() {
				return false
			}
			continue
		}
		if !r.entry(name+"/"+e.Name, entryAddress(address, e.Name), e, b, digests[e.Name]) {
			return false
		}
		if b.left <= 0 {
			return r.fail(name, -1, errors.New("ZIP: it holds out of proportion more than its size: it is a bomb, and is left"))
		}
	}
	return !r.done
}

func isRegular(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode().IsRegular()
}

// entryAddress is the address of a page within a ZIP file that does not tell its own.
func entryAddress(address, name string) string {
	if address == "" {
		return ""
	}
	return address + "/" + name
}

// entry reads one file of a ZIP file, and compares its digest, if one is given.
func (r *reading) entry(name, address string, e *zip.File, b *budget, digest string) bool {
	if e.UncompressedSize64 == 0 {
		return r.passed()
	}
	in, err := e.Open()
	if err != nil {
		return r.fail(name, -1, fmt.Errorf("ZIP: %w", err))
	}
	defer in.Close()
	s := &spent{in: in, b: b}
	if digest != "" {
		s.sum = sha256.New()
	}
	if !r.stream(name, address, s) {
		return false
	}
	if s.sum == nil {
		return true
	}
	if _, err := io.Copy(io.Discard, s); err != nil {
		return true // told
	}
	if got := "sha256:" + hex.EncodeToString(s.sum.Sum(nil)); got != digest {
		return r.fail(name, -1, fmt.Errorf("its digest is %s, datapackage.json says %s", got, digest))
	}
	return true
}

// A budget is how many bytes may still be inflated.
type budget struct{ left int64 }

// spent reads what a ZIP file holds, within a budget.
type spent struct {
	in  io.Reader
	b   *budget
	sum hash.Hash // of what was read; nil if nobody asks
}

func (s *spent) Read(p []byte) (int, error) {
	if s.b.left <= 0 {
		return 0, errors.New("larger than what its ZIP file may hold")
	}
	n, err := s.in.Read(p[:min(int64(len(p)), s.b.left)])
	s.b.left -= int64(n)
	if s.sum != nil {
		s.sum.Write(p[:n]) // a hash does not fail
	}
	return n, err
}

// waczDigests reads what a WACZ file says of its parts: SHA-256 by path
// (https://specs.webrecorder.net/wacz/1.1.1/, 5.2). Of other ZIP files isWACZ is false.
func waczDigests(z *zip.Reader, b *budget) (digests map[string]string, isWACZ bool, err error) {
	f, err := z.Open("datapackage.json")
	if err != nil {
		return nil, false, nil
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(&spent{in: f, b: b}, mostPackage))
	if err != nil {
		return nil, false, fmt.Errorf("datapackage.json: %w", err)
	}
	var pack struct {
		Version   string `json:"wacz_version"`
		Resources []struct {
			Path string `json:"path"`
			Hash string `json:"hash"`
		} `json:"resources"`
	}
	if err := json.Unmarshal(text, &pack); err != nil {
		return nil, hasArchive(z), fmt.Errorf("datapackage.json: %w", err)
	}
	digests = map[string]string{}
	for _, res := range pack.Resources {
		if strings.HasPrefix(res.Hash, "sha256:") {
			digests[res.Path] = strings.ToLower(res.Hash)
		}
	}
	return digests, pack.Version != "" || hasArchive(z), nil
}

// hasArchive reports whether a ZIP file has the folder of WARC files that a WACZ has.
func hasArchive(z *zip.Reader) bool {
	for _, e := range z.File {
		if strings.HasPrefix(e.Name, "archive/") && isWARCName(e.Name) {
			return true
		}
	}
	return false
}
