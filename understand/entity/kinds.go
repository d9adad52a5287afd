package entity

// A feature is the number of a kind of feature, which is one question that the model of
// English names has answered for each token. The constant's name says what the answer is made of, one to
// three things at a time: tokenWordBeforeWord is the word before the token and the word
// itself. The code in features.go that sets it says how. Models are trained on the numbers,
// so these must not change: a new kind goes to the end of its block or into the gap behind
// it, and a dropped one leaves its number unused.
type feature uint32

// The token and those around it: words, and how they are written.
const (
	tokenAny feature = 1 + iota
	tokenWord
	tokenWordShape
	tokenWordBefore
	tokenWordAfter
	tokenWordBefore2
	tokenWordAfter2
	tokenWordBeforeWord
	tokenWordWordAfter
	tokenWordBeforeWordAfter
	tokenWordBefore2WordBefore
	tokenWordAfterWordAfter2
	tokenShape
	tokenShapeOpening
	tokenShapeBeforeShape
	tokenShapeShapeAfter
	tokenShapeBeforeShapeShapeAfter
	tokenShapeBefore2ShapeBeforeShape
	tokenShapeShapeAfterShapeAfter2
)

// How the word is spelt, and the lists that have it.
const (
	spellingStart1 feature = 41 + iota // the first letter
	spellingStart2
	spellingStart3
	spellingStart4
	spellingEnd1 // the last letter
	spellingEnd2
	spellingEnd3
	spellingEnd4
	spellingEnd5
	spellingLength
	spellingLists
	spellingListsListsBefore
	spellingListsListsAfter
	spellingListOpeningShape // once for each list
)

// What the text tells of the same word in other places.
const (
	elsewhereSmallInsideOpening feature = 61 + iota
	elsewhereTitled
	elsewhereBesideSpeech
	elsewherePlaced
	elsewhereWordBefore
	elsewhereWordAfter
	elsewhereBracketedShape
	_ // no feature now: the models know the next ones by their numbers
	elsewhereLongestLastWord
	elsewhereLongestFirstWord
	elsewhereLongestLength
)

// The run of words with capitals that the token stands in.
const (
	runLength feature = 81 + iota
	runPlace
	runLastWord
	runFirstWord
	runWordBefore
	runWordAfter
	runWordBeforeWordAfter
	runWordBefore2WordBefore
	runWordAfterWordAfter2
	runLastWordEnd3
)

// The nearest words for organisations, such as "ministry", on both sides in the run.
const (
	bodyRight         feature = 93
	bodyRightDistance feature = 94
	bodyLeft          feature = 97
	bodyLeftDistance  feature = 98
)

// The words beside the token.
const (
	besideTitleShape feature = 101 + iota
	besideListsBefore
	besideListsAfter
	besideEnd2Before
	besideEnd2After
	besideEnd3Before
	besideEnd3After
)

// What the word, by the lexicon, mostly is in other texts.
const (
	lexiconHere feature = 121 + iota
	lexiconBefore
	lexiconAfter
	lexiconBeforeHereAfter
	lexiconHereOpeningShape
	lexiconPart
	lexiconRunLastWord
	lexiconKind
	lexiconKindKindBefore
	lexiconKindKindAfter
)

// What the first labelling made of the same word elsewhere in the text. Only the
// second model has these.
const (
	votesHere feature = 141 + iota
	votesHereLabel
	votesBefore
	votesAfter
	votesBeforeHereAfter
	votesRunLastWord
)

// The clusters of the words around the token and around its run (left, right).
const (
	clusterHere feature = 161 + iota
	clusterBefore
	clusterAfter
	clusterBefore2
	clusterAfter2
	clusterBeforeHere
	clusterHereAfter
	clusterBeforeAfter
	clusterLeft
	clusterRight
	clusterLeftRight
	clusterLeftShape
	clusterRightShape
)
