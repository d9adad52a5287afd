package quote

// The names of the rules by which statements are found. They stand in the record of an article. If several
// rules took part in a statement, it has the name of one: that of a layout or voice, else of one that made
// a content, made or linked the cue, made the speaker, or linked a content, in this order; ruleModel if
// models alone found it. Comments name the function of a rule in brackets.
const (
	ruleModel = "quote/model" // the models tagged its parts (find.go) and joined them (link.go)

	// Contents and cues, in the order in which the rules are tried.
	ruleQuotation         = "quote/quotation"          // a quotation that goes on from one that is content (square)
	ruleSeam              = "quote/seam"               // a model cuts a content at a quotation mark (cut)
	ruleAfterAddressee    = "quote/after-addressee"    // the clause behind whom something is told to (addressed)
	ruleThatClause        = "quote/that-clause"        // the clause with "that" after a cue that had none (complete)
	ruleSaidClause        = "quote/said-clause"        // a verb of speech that was not tagged, and the clause after it (complete)
	ruleSaidQuotation     = "quote/said-quotation"     // a quotation that was not tagged, right behind a verb of speech (saidQuotations)
	ruleClauseBefore      = "quote/clause-before"      // the words before a speaker and cue that end a sentence (precede)
	ruleAfterCircumstance = "quote/after-circumstance" // the clause behind what stands between it and the cue (circumstances)
	ruleAccordingTo       = "quote/according-to"       // a sentence that "According to" opens (accordingTo)
	ruleWordsOf           = "quote/words-of"           // “In the words of Lund, “…”” (regarded)
	ruleFor               = "quote/for"                // “For Lund, the plan is “madness”.” (regarded)
	ruleSharedVerb        = "quote/shared-verb"        // “Lund called it “a”, Stone “b”” (listed)
	ruleIntroduced        = "quote/introduced"         // a name and a colon before a quotation (introduced)
	ruleBlock             = "quote/block"              // a block quotation that a colon introduces (cuesOfBlocks)
	ruleBlockSigned       = "quote/block-signed"       // a block quotation with a name under it (signedBlocks)
	ruleInterview         = "quote/interview"          // an answer of an interview (interview)
	ruleTranscript        = "quote/transcript"         // a line of a transcript, "STONE: …" (transcript)
	ruleSigned            = "quote/signed"             // a quotation with a dash and a name (signed)

	// Links from a content to a cue or speaker.
	ruleGoesOn = "quote/goes-on" // the quotation goes on from a paragraph whose cue is known (goOn)
	ruleVoice  = "quote/voice"   // no cue: a model chose the speaker of the content (byContent)

	// Cues whose subject is no speaker (unsaid.go).
	rulePassive      = "quote/passive"       // who is told something does not say it (passives)
	rulePassiveAgent = "quote/passive-agent" // behind "by" (agent)
	ruleReadOut      = "quote/read-out"      // who wrote what is read out (readOut)

	// Subjects of cues for which no speaker was tagged (subject.go).
	ruleSubjectTaken     = "quote/subject-taken"     // it had been tagged as content (taken)
	ruleSubjectLed       = "quote/subject-led"       // behind "according to" or "written by" (led)
	ruleSubjectPronoun   = "quote/subject-pronoun"   // a pronoun right before the cue
	ruleSubjectShared    = "quote/subject-shared"    // that of the cue before: "Stone declined and called it …"
	ruleSubjectAfter     = "quote/subject-after"     // the phrase behind the cue: "…, said Stone"
	ruleSubjectSwallowed = "quote/subject-swallowed" // behind the last comma of the content before the cue (swallowed)
	ruleSubjectApposed   = "quote/subject-apposed"   // a name and its apposition: "Stone, the mayor, said" (apposed)
	ruleSubjectBefore    = "quote/subject-before"    // the phrase before the cue
)

// NamesSpeaker reports whether the speaker of a statement that the rule found is named by the layout: before a
// colon or behind a dash, or under a block quotation.
func NamesSpeaker(rule string) bool {
	switch rule {
	case ruleIntroduced, ruleSigned, ruleBlockSigned, ruleInterview, ruleSharedVerb, ruleWordsOf, ruleFor, ruleTranscript:
		return true
	}
	return false
}

// The rules in languages without models (speechfind.go).
const (
	ruleSpeechQuote      = "quote/speech-quote"      // “…”, said X
	ruleSpeechColon      = "quote/speech-colon"      // X said: “…”
	ruleSpeechDash       = "quote/speech-dash"       // — …, — said X
	ruleSpeechThat       = "quote/speech-that"       // X said that …
	ruleSpeechBehind     = "quote/speech-behind"     // …, said X.
	ruleSpeechSource     = "quote/speech-source"     // according to X, …
	ruleSpeechInfinitive = "quote/speech-infinitive" // "dijo temer …", of himself
	ruleSpeechWithin     = "quote/speech-within"     // X called it “…”
	ruleSpeechHead       = "quote/speech-head"       // “X: “…””, as headlines have it
	ruleSpeechSaid       = "quote/speech-said"       // X said …, where no word stands for "that"
)

// The rules for what else is told of a statement (detail.go).
const (
	ruleMediumCue    = "quote/medium-cue"    // a word of the cue: "tweeted"
	ruleMediumNoun   = "quote/medium-noun"   // a noun that conveys or speaks: "in a letter", "the report said"
	ruleToCue        = "quote/to-cue"        // behind the cue: "told reporters"
	ruleToMedium     = "quote/to-medium"     // behind the medium: "a letter to the mayor"
	ruleToward       = "quote/toward"        // behind a word such as "addressing"
	ruleViaSpeaker   = "quote/via-speaker"   // a news outlet that speaks
	ruleViaAddressee = "quote/via-addressee" // a news outlet that it was said to
	ruleViaBeside    = "quote/via-beside"    // a news outlet whose cue stands beside: "…, Reuters reported"
	ruleHedge        = "quote/hedge"         // a word of doubt in the clause: "reportedly"
	ruleToPassive    = "quote/to-passive"    // the subject of a passive: "residents were told"

	rulePolarityVerb     = "quote/polarity-verb"     // the cue, or a word before it: "denied", "did not say"
	rulePolarityIf       = "quote/polarity-if"       // "if", "unless" before its subject
	rulePolarityQuestion = "quote/polarity-question" // a question of the article itself: "Did she say …?"
)
