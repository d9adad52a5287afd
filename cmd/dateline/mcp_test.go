package main

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"dateline/answer"
)

// TestMCP runs the command as a program that speaks the protocol does, and asks the
// same over HTTP.
func TestMCP(t *testing.T) {
	dir := t.TempDir()
	if got := run(t.Context(), []string{"add", "-archive", dir, "demo/demo.warc.gz"}, streams{strings.NewReader(""), &told{}, &told{}}); got != exitDone {
		t.Fatalf("add: exit status %d", got)
	}
	site, stop := servedBy(t, "serve", "-archive", dir, "-addr", "127.0.0.1:0")
	defer stop()
	for name, transport := range map[string]sdk.Transport{
		"streams": &sdk.CommandTransport{Command: exec.CommandContext(t.Context(), "dateline", "mcp", "-archive", dir)},
		"HTTP":    &sdk.StreamableClientTransport{Endpoint: site + "mcp"},
	} {
		cs, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), transport, nil)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		res, err := cs.CallTool(t.Context(), &sdk.CallToolParams{Name: "search_articles", Arguments: map[string]any{"query": "ferry"}})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var found answer.FoundArticles
		if err := json.Unmarshal([]byte(res.Content[0].(*sdk.TextContent).Text), &found); err != nil || found.Total != 7 {
			t.Errorf("%s: %d articles (%v), want 7", name, found.Total, err)
		}
		if err := cs.Close(); err != nil {
			t.Errorf("%s: the end of the session: %v", name, err)
		}
	}
}
