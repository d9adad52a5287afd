package text

import (
	"crypto/sha256"
	"fmt"
)

// UUID returns the URN of a UUID that is made of s alone, so that it is the same each
// time: one of version 8, with bits of the SHA-256 of s (RFC 9562, 5.8).
func UUID(s []byte) string {
	u := sha256.Sum256(s)
	u[6], u[8] = u[6]&0x0f|0x80, u[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:16])
}
