// Package lines reads the files of JSON lines that models are trained on.
package lines

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

// Each calls do with the value of every line of a file of JSON lines. Its error names file
// and line.
func Each[T any](name string, do func(T)) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 64<<20)
	for n := 1; in.Scan(); n++ {
		var line T
		if err := json.Unmarshal(in.Bytes(), &line); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
		do(line)
	}
	return in.Err()
}

// Texts returns the texts in files, each once.
func Texts(files []string) (list []string, err error) {
	seen := map[string]bool{}
	for _, name := range files {
		err := Each(name, func(line struct{ Text string }) {
			if !seen[line.Text] {
				seen[line.Text] = true
				list = append(list, line.Text)
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}
