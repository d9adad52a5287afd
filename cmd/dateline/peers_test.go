//go:build peers

package main

import "testing"

// TestPeers runs the scripts in testdata/peers, in which other programs take part.
// tools/peers.sh runs it where they can be installed.
func TestPeers(t *testing.T) { runScripts(t, "testdata/peers") }
