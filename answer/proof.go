package answer

import "dateline/archive"

// A Flaw is one thing that is wrong with an archive.
type Flaw struct{ archive.Flaw }

// A Proof is what the archive holds of one capture, and what that proves.
type Proof struct{ *archive.Proof }
