package quote

// A feature is the number of a kind of feature, by which the models know it. The name of the constant
// lists what its value is made of, mostly two or three things: cueSideDistance is made of the side and the
// distance of a cue. The code that sets it shows how.
//
// Models are trained with these numbers, so they must not change: a new kind goes to the end of its
// block, and the number of one that is dropped stays unused. Blocks can have the same numbers if no
// model is asked with the features of both.
type feature uint32

// The features of a token, in both passes.
const (
	tagAny feature = 1 + iota
	tagWord
	tagWordBefore
	tagWordAfter
	tagWordBefore2
	tagWordAfter2
	tagWordBefore3
	tagWordAfter3
	tagWordBeforeWord
	tagWordWordAfter
	tagWordBefore2WordBefore
	tagWordAfterWordAfter2
	tagEnd3
	tagEnd2
	tagStart
	tagEnd3Before
	tagEnd3After
	tagEnd2BeforeEnd2
	tagEnd2End2After
	tagShape
	tagShapeBeforeShape
	tagShapeShapeAfter
	tagShapeBeforeShapeShapeAfter
	tagQuote
	tagQuoteBeforeQuote
	tagQuoteQuoteAfter
	tagQuoteWord
	tagQuoteWordBefore
	tagQuoteWordAfter
	tagFromStart
	tagToEnd
	tagFromStartWord
	tagSentenceQuotePlace
	tagSentenceFromStart
	tagSentenceWord
	tagFirstWord
	tagFirstWordLastWord
	tagSentenceBeforeSentence
	tagClass
	tagClassBeforeClass
	tagClassClassAfter
	tagClassEnd2
	tagClassWordBefore
	tagClassWordAfter
	tagClassQuote
	tagPastCuePastDistance
	tagPastClassPastNextPastDistance
	tagPastClassWord
	tagNextClassNextDistance
	tagNextClassWord
	tagPastClassNextClassPastCommasNextCommas
	tagPastDistanceNextDistanceQuotePlace
	tagPastClassPastCommasWordBefore
	tagGroup
	tagGroupBefore
	tagGroupAfter
	tagGroupBefore2
	tagGroupAfter2
	tagGroupBeforeGroup
	tagGroupGroupAfter
	tagGroupBeforeGroupGroupAfter
	tagGroupQuote
	tagGroupEnd2
	tagFrameFramePlace
	tagFrameWord
	tagFrameShortClass
	tagFrameBeforeFrame
	tagFrameFrameAfter

	lastTag = tagFrameFrameAfter
)

// The features that a token has only in the second pass, made of the labels of the first.
const (
	contextTag feature = lastTag + 1 + iota
	contextTagBeforeTag
	contextTagTagAfter
	contextFiveTags
	contextTagWord
	contextTagWordAfter
	contextTagWordBefore
	contextPastCuePastDistance
	contextNextCueNextDistance
	contextPastCuePastNext
	contextPastNextPastDistance
	contextPastCueWord
	contextNextCueWord
	contextPastDistanceNextDistanceQuotePlace
	contextPastCommasNextCommas
	contextPastCommasWord
	contextNextCommasWord
	contextPastPartsNextParts
	contextPastPartsNextPartsTag
	contextPastPartsNextPartsWord
	contextSentenceCuesTag
	contextSentenceCuesSentence
)

// The features of the candidate "no cue" for a content.
const (
	noCueQuoted feature = 101 + iota
	noCueCandidates
	noCueLength
	noCueFirstWord
)

// The features of a candidate cue for a content.
const (
	cueSideDistance feature = 1 + iota
	cueSideCuesContents
	cueSideSpeakers
	cueSideCuesContentsSpeakers
	cueSideWord
	cueSideWordNear
	cueSideFirstWord
	cueSideQuotedTaken
	cueSideQuotedCues
	cueSideQuotedDistance
	cueSideCommasStops
	cueSideQuotedCommasStops
	cueSideTakenContents
	cueSideBeforeContent
	cueSideAfterContent
	cueSideAfter
	cueSideBefore
	cueSideBeforeContentAfter
	cueSideCuesContentWord
	cueSideCandidatesTaken
	cueSideInQuoteQuoted
	cueSideTakenWholeLastWhole
	cueLastWholeWholeApartSide
	cueLastWholeWholeBeforeContent
	cueSideWholeDistance
	cueLastWholeWholeWordSide
	cueSideRivals
	cueSideRivalsDistance
	cueSideRivalsWholeNear
	cueSideEndingDistance
	cueSideEndingCuesWhole
	cueSideClass
	cueSideClassDistance
	cueSideGroupWhole
)

// The features of the candidate "no speaker" for a cue.
const (
	noSpeakerSameSentence feature = 101 + iota
	noSpeakerWord
	noSpeakerEnd3
	noSpeakerFirstWord
	noSpeakerSameSentenceWord
	noSpeakerSameSentenceBefore
)

// The features of a candidate speaker for a cue.
const (
	speakerSideDistance feature = 1 + iota
	speakerSideDistanceCuesSpeakers
	speakerSideCuesContentsSpeakers
	speakerSideCommasStops
	speakerSideCueWord
	speakerSideCueWordNear
	speakerSideCueEnd3Near
	speakerSideCueFirst
	speakerSideFirstWord
	speakerSideLastWord
	speakerSideAfter
	speakerSideBeforeCue
	speakerSideAfterCue
	speakerSideOtherCueCues
	speakerSideOtherCueSpeakersNear
	speakerSideCueInQuoteInQuote
	speakerSideCueClass
	speakerSideCueClassDistanceCues
	speakerSideBeforeNear
	speakerSideAfterNear
	speakerSideLength
	speakerSideShapeNear
	speakerSideBeforeCueAfterCue
	speakerSideContentsBesideNear
	speakerSideCuesBesideSpeakersBeside
	speakerSideGroupCueGroup
)

// The features of the candidate "no speaker" for a content. The feature of the first word of the content has
// the number 106 if the content has a cue; if it has none, 104, which noVoiceCueFirst leaves free then.
const (
	noVoiceLinked feature = 101 + iota
	noVoiceLinkedQuoted
	noVoiceLinkedCandidates
	noVoiceCueFirst
	noVoiceCueWord
	noVoiceContentWord
	noVoiceContentWordNoCue = noVoiceCueFirst
)

// The features of a candidate speaker for a content.
const (
	voiceWayCueWord feature = 1 + iota
	voiceWayCueFirst
	voiceLinkedCueWord
	voiceLinkedSide
	voiceLinkedSideDistance
	voiceLinkedSpokeBeforeSide
	voiceLinkedSpokeBeforeQuoted
	voiceLinkedSideContentsSpeakers
	voiceLinkedSideCuesSpeakers
	voiceCueWayLinked
	voiceCueWaySideDistance
	voiceSideCommasStops
	voiceSideFirstWord
	voiceSideLastWord
	voiceSideAfter
	voiceSideBefore
	voiceLinkedContentWord
	voiceSideQuotedDistance
	voiceSideInQuoteQuoted
	voiceShape
)

// The features of a place where a content could be cut at a quotation mark (seam.go).
const (
	seamIn feature = 201 + iota
	seamInSize
	seamInLong
	seamInSizeLong
	seamInEnding
	seamInEndingCapital
	seamInEndingLong
	seamInCapitalMarkBefore
	seamInFarEndSize
	seamInFarEndEnding
	seamInCuesSize
	seamInCuesEnding
	seamInCueClasses
	seamInStops
	seamInStopsFarEnd
	seamInDoubt
	seamInWordBefore
	seamInWordAfter
	seamInToken
	seamInToken1
	seamInToken2
	seamInTokenBefore1
	seamInTokenBefore2
	seamInWordBeforeWordAfter
	seamInMarkBeforeShapeAfter
	seamInEnd2After
	seamInEnd3After
	seamInClassAfter
	seamInAtFarEnd
	seamInBeforeAll
)
