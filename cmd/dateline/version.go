package main

import (
	"context"
	"flag"
	"fmt"
	"runtime"
	"runtime/debug"

	"dateline/answer"
)

var versionCommand = command{
	name:  "version",
	short: "prints what this program is built from",
	long:  "Version prints the version of the program, the commit it was built from where that is known, and the Go release.",
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		asJSON := jsonFlag(fs, "print it as JSON")
		return func(_ context.Context, s streams, args []string) error {
			if len(args) > 0 {
				return usagef("takes no arguments")
			}
			b := answer.Build{Version: release(), Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
			if *asJSON {
				return printJSON(s.out, b)
			}
			_, err := fmt.Fprintln(s.out, "dateline", b.Version, b.Go, b.Platform)
			return err
		}
	},
}

// release returns the module's version and the commit, as the build recorded them.
func release() string {
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
