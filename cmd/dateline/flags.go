package main

import (
	"errors"
	"flag"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"

	"dateline/internal/text"
)

// flags returns an empty flag set for c.
func (c command) flags() *flag.FlagSet { return flag.NewFlagSet(c.name, flag.ContinueOnError) }

// usage is what "dateline help NAME" prints.
func (c command) usage() string {
	fs := c.flags()
	c.declare(fs)
	var b strings.Builder
	fmt.Fprintf(&b, "Usage: %s\n\n%s\n", strings.TrimRight("dateline "+c.name+" [FLAGS] "+c.args, " "), strings.TrimSpace(c.long))
	first := true
	fs.VisitAll(func(f *flag.Flag) {
		if first {
			b.WriteString("\nFlags (each can also be set by the variable named after it):\n")
			first = false
		}
		value, text := flag.UnquoteUsage(f)
		fmt.Fprintf(&b, "  -%s  %s\n", strings.TrimSpace(f.Name+" "+value), variable(f.Name))
		fmt.Fprintf(&b, "        %s", text)
		if f.DefValue != "" && f.DefValue != "false" {
			fmt.Fprintf(&b, " (default %s)", f.DefValue)
		}
		b.WriteByte('\n')
	})
	b.WriteString("\n" + exitStatuses)
	return b.String()
}

// variable names the environment variable that sets a flag.
func variable(name string) string {
	return "DATELINE_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
}

// parseFlags sets the flags from the environment and then from args, in which
// flags and arguments may be mixed, and returns the arguments. "--" ends the
// flags. If loose, what looks like an unknown flag is an argument.
func parseFlags(fs *flag.FlagSet, args []string, loose bool) (rest []string, err error) {
	fs.VisitAll(func(f *flag.Flag) {
		if v, ok := os.LookupEnv(variable(f.Name)); ok && err == nil {
			if e := fs.Set(f.Name, v); e != nil {
				err = fmt.Errorf("%s=%q: %w", variable(f.Name), v, e)
			}
		}
	})
	for err == nil && len(args) > 0 {
		arg := args[0]
		if arg == "--" {
			return append(rest, args[1:]...), nil
		}
		n := 1 // words that this flag or argument takes
		name, _, valued := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		f := fs.Lookup(name)
		switch {
		case len(arg) < 2 || arg[0] != '-' || loose && f == nil && name != "h" && name != "help":
			rest = append(rest, arg)
		case f != nil && !valued && !isBool(f) && len(args) > 1:
			n = 2
			fallthrough
		default:
			if err = fs.Parse(args[:n]); f == nil && err != nil && !errors.Is(err, flag.ErrHelp) {
				err = noFlag(fs, arg, name)
			}
		}
		args = args[n:]
	}
	return rest, err
}

// noFlag says that there is no flag of a name, and which may be meant.
func noFlag(fs *flag.FlagSet, arg, name string) error {
	var names []string
	fs.VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
	if near := text.Nearest(name, names); near != "" {
		return fmt.Errorf("there is no flag %s; did you mean -%s?", arg, near)
	}
	return fmt.Errorf("there is no flag %s", arg)
}

func isBool(f *flag.Flag) bool {
	b, ok := f.Value.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}

// archiveFlag declares -archive and -cluster. It returns where the archive is: its
// folder, or the file of its cluster behind clusterMark.
func archiveFlag(fs *flag.FlagSet) func() string {
	dir := fs.String("archive", "", "the archive's `folder`; if not given, $XDG_DATA_HOME/dateline")
	file := fs.String("cluster", "", "the TOML `file` that says where an archive is whose logs are in NATS and whose index is in OpenSearch, in place of -archive")
	return func() string {
		if *file != "" {
			return clusterMark + *file
		}
		if *dir != "" {
			return *dir
		}
		return defaultArchive()
	}
}

// defaultArchive is $XDG_DATA_HOME/dateline, where XDG_DATA_HOME is by
// default .local/share in the home folder (XDG Base Directory Specification).
func defaultArchive() string {
	data := os.Getenv("XDG_DATA_HOME")
	if !filepath.IsAbs(data) {
		home, err := os.UserHomeDir()
		if err != nil {
			return "dateline-archive"
		}
		data = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(data, "dateline")
}

// defaultMaxBytes bounds one page, once decompressed.
const defaultMaxBytes = 64 << 20

// maxBytesFlag declares -max-bytes.
func maxBytesFlag(fs *flag.FlagSet) *int64 {
	return fs.Int64("max-bytes", defaultMaxBytes, "the most `bytes` that one page may have once decompressed")
}

// allowFlag declares -allow-private.
func allowFlag(fs *flag.FlagSet) *[]netip.Prefix {
	var allow []netip.Prefix
	fs.Func("allow-private", "also fetch from the addresses of a private `net`, such as 127.0.0.0/8 or 10.1.2.3; may be given again, and \"all\" allows every one", func(s string) error {
		if s == "all" {
			allow = append(allow, netip.MustParsePrefix("0.0.0.0/0"), netip.MustParsePrefix("::/0"))
			return nil
		}
		for part := range strings.SplitSeq(s, ",") {
			if ip, err := netip.ParseAddr(part); err == nil {
				allow = append(allow, netip.PrefixFrom(ip, ip.BitLen()))
				continue
			}
			p, err := netip.ParsePrefix(part)
			if err != nil {
				return fmt.Errorf("%q is no address and no net", part)
			}
			allow = append(allow, p)
		}
		return nil
	})
	return &allow
}

// jsonFlag declares -json.
func jsonFlag(fs *flag.FlagSet, what string) *bool {
	return fs.Bool("json", false, what)
}
