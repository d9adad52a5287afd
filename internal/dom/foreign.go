package dom

import "strings"

// inForeign reports whether the token goes by the rules of SVG and MathML.
func (b *builder) inForeign() bool {
	if len(b.open) == 0 {
		return false
	}
	e := b.top()
	if e.space == htmlSpace || b.kind == eofToken {
		return false
	}
	switch {
	case e.kind&textPoint != 0:
		return b.kind != textToken && (b.kind != startToken || b.name == "mglyph" || b.name == "malignmark")
	case e.kind&htmlPoint != 0:
		return b.kind != textToken && b.kind != startToken
	case e.kind&special != 0 && e.space == mathSpace: // <annotation-xml>
		return b.kind != startToken || b.tag != Svg
	}
	return true
}

// foreign puts the token into the tree by the rules of SVG and MathML. It reports whether
// the token is done with.
func (b *builder) foreign() bool {
	switch b.kind {
	case textToken:
		if b.framesetOK && !blank(strings.ReplaceAll(b.text, "\x00", "")) {
			b.framesetOK = false
		}
		b.addText(b.noNUL(b.text))
	case commentToken:
		b.comment(b.top().id)
	case startToken:
		if b.breaksOut() {
			b.leaveForeign()
			return false
		}
		b.foreignElement(b.top().space)
	case endToken:
		if b.tag == P || b.tag == Br {
			b.leaveForeign()
			return b.inMode()
		}
		return b.endForeign()
	}
	return true
}

// breakouts are the start tags that end SVG or MathML where they stand in it.
var breakouts = tagSet(B, Big, Blockquote, Body, Br, Center, Code, Dd, Div, Dl, Dt, Em, Embed, H1, H2, H3, H4, H5, H6, Head,
	Hr, I, Img, Li, Listing, Menu, Meta, Nobr, Ol, P, Pre, Ruby, S, Small, Span, Strong, Strike, Sub, Sup, Table, Tt, U, Ul,
	Var)

// breaksOut reports whether a start tag is one that foreign elements never
// hold.
func (b *builder) breaksOut() bool {
	if b.tag == Font {
		for _, a := range b.attrs[b.attr:] {
			if a.Name == "color" || a.Name == "face" || a.Name == "size" {
				return true
			}
		}
	}
	return breakouts[b.tag]
}

// leaveForeign closes the foreign elements that hold no HTML.
func (b *builder) leaveForeign() {
	i := len(b.open)
	for e := &b.open[i-1]; e.space != htmlSpace && e.kind&(htmlPoint|textPoint) == 0; e = &b.open[i-1] {
		i--
	}
	b.popTo(i)
}

// endForeign closes the innermost foreign element of the end tag's name; an
// HTML element around it closes by its own rules.
func (b *builder) endForeign() bool {
	if b.others[nameHash(b.tag, b.name)] == 0 {
		return b.inMode()
	}
	for i := len(b.open) - 1; i > 0; i-- {
		if b.open[i].space == htmlSpace {
			return b.inMode()
		}
		n := &b.nodes[b.open[i].id]
		if n.Tag == b.tag && (b.tag != Other || strings.EqualFold(n.Text, b.name)) {
			b.popTo(i)
			return true
		}
	}
	return true
}

// foreignElement puts the element of the token into the tree as one of SVG or
// MathML.
func (b *builder) foreignElement(s space) {
	if s == svgSpace {
		if name, ok := svgElements[b.name]; ok && b.tag == Other {
			b.name = name
		}
	}
	attrs := b.attrs[b.attr:]
	for i := range attrs {
		a := &attrs[i]
		if a.Key != OtherKey {
			continue
		}
		if s == mathSpace {
			if a.Name == "definitionurl" {
				a.Name = "definitionURL"
			}
		} else if name, ok := svgAttributes[a.Name]; ok {
			a.Name = name
		}
	}
	id := b.leaf(s)
	if !b.selfClosing {
		b.push(entry{id: id, tag: Other, space: s, kind: b.foreignKind(s)})
	}
}

// foreignKind returns the kind of the foreign element of the token.
func (b *builder) foreignKind(s space) kind {
	if s == svgSpace {
		switch b.name {
		case "foreignObject", "desc", "title":
			return special | scope | htmlPoint
		}
		return 0
	}
	switch b.name {
	case "mi", "mo", "mn", "ms", "mtext":
		return special | scope | textPoint
	case "annotation-xml":
		for _, a := range b.attrs[b.attr:] {
			if a.Name == "encoding" && (strings.EqualFold(a.Value, "text/html") || strings.EqualFold(a.Value, "application/xhtml+xml")) {
				return special | scope | htmlPoint
			}
		}
		return special | scope
	}
	return 0
}

// The names of SVG that are not all in lower case, by what they are in it.
var (
	svgElements   = byLower(svgElementNames)
	svgAttributes = byLower(svgAttributeNames)
)

func byLower(names []string) map[string]string {
	m := make(map[string]string, len(names))
	for _, n := range names {
		m[strings.ToLower(n)] = n
	}
	return m
}

var svgElementNames = []string{
	"altGlyph", "altGlyphDef", "altGlyphItem", "animateColor", "animateMotion", "animateTransform", "clipPath",
	"feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix", "feDiffuseLighting",
	"feDisplacementMap", "feDistantLight", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur",
	"feImage", "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight", "feSpecularLighting",
	"feSpotLight", "feTile", "feTurbulence", "foreignObject", "glyphRef", "linearGradient", "radialGradient",
	"textPath",
}

var svgAttributeNames = []string{
	"attributeName", "attributeType", "baseFrequency", "baseProfile", "calcMode", "clipPathUnits", "diffuseConstant",
	"edgeMode", "filterUnits", "glyphRef", "gradientTransform", "gradientUnits", "kernelMatrix", "kernelUnitLength",
	"keyPoints", "keySplines", "keyTimes", "lengthAdjust", "limitingConeAngle", "markerHeight", "markerUnits",
	"markerWidth", "maskContentUnits", "maskUnits", "numOctaves", "pathLength", "patternContentUnits",
	"patternTransform", "patternUnits", "pointsAtX", "pointsAtY", "pointsAtZ", "preserveAlpha",
	"preserveAspectRatio", "primitiveUnits", "refX", "refY", "repeatCount", "repeatDur", "requiredExtensions",
	"requiredFeatures", "specularConstant", "specularExponent", "spreadMethod", "startOffset", "stdDeviation",
	"stitchTiles", "surfaceScale", "systemLanguage", "tableValues", "targetX", "targetY", "textLength", "viewBox",
	"viewTarget", "xChannelSelector", "yChannelSelector", "zoomAndPan",
}
