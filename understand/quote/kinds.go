package quote

// A feature is the number of a kind of feature, by which a model knows it. Its
// name says what it is made of, for the most part of two or three things at a
// time; the code that sets it says how. Models are trained on the numbers: the
// order stays, a new kind goes to the end of its block, and what is dropped leaves
// its number unused. Numbers count within the models that are asked the same
// question, so blocks can begin anew.
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

// The features of a token in the second pass: what the first made of the text.
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

// The features of a content to have no cue.
const (
	noCueQuoted feature = 101 + iota
	noCueCandidates
	noCueLength
	noCueFirstWord
)

// The features of a cue for a content.
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

// The features of a cue to have no speaker.
const (
	noSpeakerSameSentence feature = 101 + iota
	noSpeakerWord
	noSpeakerEnd3
	noSpeakerFirstWord
	noSpeakerSameSentenceWord
	noSpeakerSameSentenceBefore
)

// The features of a speaker for a cue.
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

// The features of a content to have no speaker. That of the content's word has the number 104 where the
// content has no cue, and 106 where it has one.
const (
	noVoiceLinked feature = 101 + iota
	noVoiceLinkedQuoted
	noVoiceLinkedCandidates
	noVoiceCueFirst
	noVoiceCueWord
	noVoiceContentWord
	noVoiceContentWordNoCue = noVoiceCueFirst
)

// The features of a speaker for a content.
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

// The features of a cut at a quotation mark.
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
