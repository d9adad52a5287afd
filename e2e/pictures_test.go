package e2e

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestPictures takes the pictures of the README. With UPDATE=1 it writes them
// to doc/pictures.
func TestPictures(t *testing.T) {
	const width, height = 1200, 900
	b := newTab(t, chromedp.EmulateViewport(width, height))
	for _, x := range []struct{ name, path, then string }{
		{"search.png", "/search?q=" + word, ""},
		{"article.png", "/search?q=" + word + "+publisher:morningledger.example&sort=best", ".hit h3 a"},
		{"speaker.png", "/search?q=said:%22searching+for+the+living%22", ".quotes .by"},
	} {
		b.open(x.path)
		if x.then != "" {
			b.leave(click(x.then))
		}
		picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		p, err := png.Decode(bytes.NewReader(picture))
		if err != nil || p.Bounds().Dx() != width || p.Bounds().Dy() != height {
			t.Errorf("%s: %v, %v, want %d × %d", x.name, err, p.Bounds(), width, height)
		}
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(filepath.Join("..", "doc", "pictures", x.name), picture, 0o644); err != nil {
				t.Error(err)
			}
		}
	}
}
