package dom_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"dateline/internal/dom"
	"dateline/internal/newspaper"
)

func BenchmarkParse(b *testing.B) {
	news, _ := newspaper.Page(1)
	for _, page := range []struct{ name, text string }{
		{"news", string(news)},
		{"misnested", strings.Repeat("<table><p><b>a<i>b<td>c</b>d<a href=x>e<div>f</a>g</table></i>", 2000)},
	} {
		b.Run(page.name, func(b *testing.B) {
			b.SetBytes(int64(len(page.text)))
			b.ReportAllocs()
			for b.Loop() {
				dom.Parse(page.text).Release()
			}
		})
		b.Run(page.name+"/kept", func(b *testing.B) {
			b.SetBytes(int64(len(page.text)))
			b.ReportAllocs()
			for b.Loop() {
				dom.Parse(page.text)
			}
		})
		b.Run(page.name+"/xnet", func(b *testing.B) {
			b.SetBytes(int64(len(page.text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := html.Parse(strings.NewReader(page.text)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
