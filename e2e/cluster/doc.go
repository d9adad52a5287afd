// Package cluster tests the parts of an archive that stand on engines of their own
// against these engines. It is a module of its own, so that nobody needs Java for the
// tests of the rest. What needs OpenSearch, and so Java and Maven, has the build tag
// opensearch: go test -tags opensearch ./...
//
//	engine/  a real OpenSearch, started from Maven's repository; NATS in the process
//	commands_test.go  the commands, over both
package cluster
