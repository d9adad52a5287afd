//go:build opensearch

package engine

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Run runs the tests of a package and then stops the engines that they have started. It
// returns the status to exit with.
func Run(m *testing.M) int {
	status := m.Run()
	if err := search.stop(); err != nil {
		fmt.Fprintln(os.Stderr, "OpenSearch:", err)
		return max(status, 1)
	}
	return status
}

// search is the OpenSearch of this process.
var search node

// OpenSearch returns the address of an OpenSearch that lives as long as the tests of
// the package, see [Run]. It is one that the variable DATELINE_TEST_OPENSEARCH names, or
// one node of its own, which takes half a minute and about 1 GB of memory, and needs Java
// and Maven.
func OpenSearch(t *testing.T) string {
	t.Helper()
	if address := os.Getenv("DATELINE_TEST_OPENSEARCH"); address != "" {
		return address
	}
	search.once.Do(search.start)
	if search.err != nil {
		t.Fatal("OpenSearch does not start:", search.err)
	}
	return search.address
}

// A node is a process that runs OpenSearch.
type node struct {
	once    sync.Once
	dir     string // of its data
	command *exec.Cmd
	end     func() error // closes its standard input, upon which it stops
	address string
	err     error
}

func (n *node) start() { n.err = n.run() }

func (n *node) run() error {
	here, err := filepath.Abs("engine") // from the folder in which the tests of the module run
	if err != nil {
		return err
	}
	jars := filepath.Join(here, "target", "jars")
	if _, err := os.Stat(jars); err != nil {
		fetch := exec.Command("mvn", "-q", "-B", "-f", filepath.Join(here, "pom.xml"), "dependency:copy-dependencies", "-DoutputDirectory="+jars)
		if text, err := fetch.CombinedOutput(); err != nil {
			return fmt.Errorf("mvn: %w: %s", err, text)
		}
	}
	if n.dir, err = os.MkdirTemp("", "dateline-opensearch-"); err != nil {
		return err
	}
	n.command = exec.Command("java", "-Xms512m", "-Xmx768m", "-cp", filepath.Join(jars, "*"), filepath.Join(here, "Node.java"), n.dir)
	in, err := n.command.StdinPipe()
	if err != nil {
		return err
	}
	n.end = in.Close
	out, err := n.command.StdoutPipe()
	if err != nil {
		return err
	}
	if err := n.command.Start(); err != nil {
		return err
	}
	var last []string // lines that it has printed, for messages
	for s := bufio.NewScanner(out); s.Scan(); {
		line := s.Text()
		if last = append(last, line); len(last) > 20 {
			last = last[1:]
		}
		if address, ok := strings.CutPrefix(line, "ready "); ok {
			n.address = address
			go func() { // what it prints from now on would else stop it when the pipe is full
				for s.Scan() {
				}
			}()
			return nil
		}
	}
	return fmt.Errorf("it ended before it was ready:\n%s", strings.Join(last, "\n"))
}

// stop stops the process, if it was started.
func (n *node) stop() error {
	if n.command == nil || n.command.Process == nil {
		return nil
	}
	if err := n.end(); err != nil {
		return err
	}
	if err := n.command.Wait(); err != nil {
		return err
	}
	return os.RemoveAll(n.dir)
}
