package main

import (
	"context"
	"flag"
	"fmt"
	"runtime"
	"runtime/debug"
)

var versionCommand = command{
	name:  "version",
	short: "prints what this program is built from",
	long:  "Version prints the version of the program, the commit it was built from where that is known, and the Go release.",
	declare: func(*flag.FlagSet) func(context.Context, streams, []string) error {
		return func(_ context.Context, s streams, args []string) error {
			if len(args) > 0 {
				return usagef("takes no arguments")
			}
			_, err := fmt.Fprintln(s.out, "dateline", version(), runtime.Version(), runtime.GOOS+"/"+runtime.GOARCH)
			return err
		}
	},
}

// version is the module's version and the commit, as the build recorded them.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	if v == "" || v == "(devel)" {
		v = "devel"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 && v == "devel" {
			v += "-" + s.Value[:12]
		}
	}
	return v
}
