// Package engine starts real engines for tests: NATS in the process, and OpenSearch, with the
// build tag opensearch, as a process of its own.
package engine

import (
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// NATS returns the address of a server with JetStream in this process, which ends with
// the test.
func NATS(t *testing.T) string {
	t.Helper()
	s, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: -1, JetStream: true, StoreDir: t.TempDir(), NoLog: true, NoSigs: true})
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	if !s.ReadyForConnections(10 * time.Second) {
		t.Fatal("NATS does not start")
	}
	return s.ClientURL()
}
