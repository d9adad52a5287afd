package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/BurntSushi/toml"

	"dateline/archive"
	"dateline/index/opensearch"
	"dateline/store/nats"
)

// clusterMark begins what -cluster gives in place of the folder of an archive; behind it
// stands the name of the file.
const clusterMark = "cluster:"

// A cluster is the file that -cluster names; doc/cluster.md describes it.
type cluster struct {
	Name   string `toml:"name"`   // of the archive among others on the same engines
	Folder string `toml:"folder"` // of the raw captures; relative to that of the file
	Logs   struct {
		NATS        string `toml:"nats"`
		Credentials string `toml:"credentials"`
		Replicas    int    `toml:"replicas"`
	} `toml:"logs"`
	Index struct {
		OpenSearch string `toml:"opensearch"`
		Shards     int    `toml:"shards"`
		Replicas   int    `toml:"replicas"`
	} `toml:"index"`
}

// readCluster reads the file of a cluster. $NAME and ${NAME} in its addresses stand for
// variables of the environment, so that the file need not hold passwords.
func readCluster(name string) (folder string, e *archive.Engines, err error) {
	var c cluster
	text, err := os.ReadFile(name)
	if err != nil {
		return "", nil, err
	}
	about, err := toml.Decode(string(text), &c)
	var place toml.ParseError
	switch {
	case errors.As(err, &place):
		return "", nil, fmt.Errorf("%s: byte %d: %s", name, place.Position.Start, place.Message)
	case err != nil:
		return "", nil, fmt.Errorf("%s: %w", name, err)
	case len(about.Undecoded()) > 0:
		return "", nil, fmt.Errorf("%s: there is no setting %s (doc/cluster.md lists them)", name, about.Undecoded()[0])
	case c.Logs.NATS == "" || c.Index.OpenSearch == "" || c.Folder == "":
		return "", nil, fmt.Errorf("%s: needs folder, nats in [logs] and opensearch in [index] (doc/cluster.md)", name)
	}
	folder = c.Folder
	if !filepath.IsAbs(folder) {
		folder = filepath.Join(filepath.Dir(name), folder)
	}
	return folder, &archive.Engines{
		Logs:  nats.Options{URL: os.ExpandEnv(c.Logs.NATS), Credentials: c.Logs.Credentials, Name: c.Name, Replicas: c.Logs.Replicas},
		Index: opensearch.Options{URL: os.ExpandEnv(c.Index.OpenSearch), Name: c.Name, Shards: c.Index.Shards, Replicas: c.Index.Replicas},
	}, nil
}

// located returns the folder of the archive at a place, and where its engines are; nil if
// it is all in that folder.
func located(place string) (folder string, e *archive.Engines, err error) {
	name, ok := strings.CutPrefix(place, clusterMark)
	if !ok {
		return place, nil, nil
	}
	if folder, e, err = readCluster(name); err != nil {
		err = usageError{err}
	}
	return folder, e, err
}

// inFolder returns an error if the archive at a place is not all in one folder, as a
// command wants that works on the files.
func inFolder(place string) error {
	if strings.HasPrefix(place, clusterMark) {
		return usagef("works on the files of an archive in a folder: on a cluster, use what its engines have for that (doc/cluster.md)")
	}
	return nil
}
