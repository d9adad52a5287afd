package answer

import (
	"dateline"
	"dateline/archive"
)

// A Flaw is one thing that is wrong with an archive.
type Flaw struct{ archive.Flaw }

// A Proof is what the archive holds of one capture, and what that proves.
type Proof struct{ *archive.Proof }

// A Seal is where a manifest of digests stands, and who has signed and stamped it.
type Seal struct{ *dateline.Seal }
