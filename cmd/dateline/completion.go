package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// completionCommand is the command; it lists all commands, itself among them, so it is no variable.
func completionCommand() command {
	return command{
		name:  "completion",
		args:  "bash|zsh|fish",
		short: "prints what lets a shell complete commands and flags",
		long: `Completion prints a script for a shell, by which it completes the commands and flags
of this program, and names of files behind them.

    dateline completion bash > ~/.local/share/bash-completion/completions/dateline
    dateline completion zsh > "${fpath[1]}/_dateline"
    dateline completion fish > ~/.config/fish/completions/dateline.fish`,
		declare: func(*flag.FlagSet) func(context.Context, streams, []string) error {
			return func(_ context.Context, s streams, args []string) error {
				shells := map[string]func() string{"bash": bashCompletion, "zsh": zshCompletion, "fish": fishCompletion}
				if len(args) != 1 || shells[args[0]] == nil {
					return usagef("takes one shell: bash, zsh or fish")
				}
				_, err := fmt.Fprint(s.out, shells[args[0]]())
				return err
			}
		},
	}
}

// declared returns the flags of c, in the order of their names.
func (c command) declared() (list []*flag.Flag) {
	fs := c.flags()
	c.declare(fs)
	fs.VisitAll(func(f *flag.Flag) { list = append(list, f) })
	return list
}

// flagsOf returns the flags of c as they are typed.
func flagsOf(c command) string {
	var names []string
	for _, f := range c.declared() {
		names = append(names, "-"+f.Name)
	}
	return strings.Join(names, " ")
}

func bashCompletion() string {
	var b strings.Builder
	b.WriteString("# bash completion for dateline\n_dateline() {\n\tlocal cur=${COMP_WORDS[COMP_CWORD]} words=\n\tif [ \"$COMP_CWORD\" = 1 ]; then\n\t\twords='help")
	for _, c := range commands() {
		b.WriteString(" " + c.name)
	}
	b.WriteString("'\n\telif [ \"${cur#-}\" != \"$cur\" ]; then\n\t\tcase ${COMP_WORDS[1]} in\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "\t\t%s) words='%s' ;;\n", c.name, flagsOf(c))
	}
	b.WriteString("\t\tesac\n\tfi\n\tCOMPREPLY=()\n\t[ -z \"$words\" ] || COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n}\ncomplete -o bashdefault -o default -F _dateline dateline\n")
	return b.String()
}

func zshCompletion() string {
	var b strings.Builder
	b.WriteString("#compdef dateline\n_dateline() {\n\tif (( CURRENT == 2 )); then\n\t\tlocal -a all=(\n\t\t\t'help:says more about a command'\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "\t\t\t%s\n", single(c.name+":"+c.short))
	}
	b.WriteString("\t\t)\n\t\t_describe command all\n\t\treturn\n\tfi\n\tif [[ $words[CURRENT] == -* ]]; then\n\t\tcase $words[2] in\n")
	for _, c := range commands() {
		if flags := flagsOf(c); flags != "" {
			fmt.Fprintf(&b, "\t\t%s) compadd -- %s ;;\n", c.name, flags)
		}
	}
	b.WriteString("\t\tesac\n\t\treturn\n\tfi\n\t_files\n}\ncompdef _dateline dateline\n")
	return b.String()
}

func fishCompletion() string {
	var b strings.Builder
	b.WriteString("# fish completion for dateline\ncomplete -c dateline -n __fish_use_subcommand -f -a help -d 'says more about a command'\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "complete -c dateline -n __fish_use_subcommand -f -a %s -d %s\n", c.name, single(c.short))
		for _, f := range c.declared() {
			_, text := flag.UnquoteUsage(f)
			takes := " -r"
			if isBool(f) {
				takes = ""
			}
			fmt.Fprintf(&b, "complete -c dateline -n '__fish_seen_subcommand_from %s' -o %s%s -d %s\n", c.name, f.Name, takes, single(text))
		}
	}
	return b.String()
}

// single returns text as a shell takes it for one word.
func single(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// manCommand is the command; it lists all commands, itself among them, so it is no variable.
func manCommand() command {
	return command{
		name:  "man",
		args:  "[COMMAND]",
		short: "prints a manual page, or writes all of them to a folder",
		long: `Man prints the manual page of this program or of one command, for man or groff;
with -dir it writes all of them to a folder, as dateline.1, dateline-add.1 and so on.

    dateline man search | man -l -
    dateline man -dir ~/.local/share/man/man1`,
		declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
			dir := fs.String("dir", "", "write all pages to this `folder`")
			return func(_ context.Context, s streams, args []string) error {
				if len(args) > 1 || *dir != "" && len(args) > 0 {
					return usagef("takes one command, or -dir")
				}
				if *dir != "" {
					return writeManuals(*dir)
				}
				page := manual()
				if len(args) == 1 {
					c, ok := find(args[0])
					if !ok {
						return usagef("there is no command %q", args[0])
					}
					page = c.manual()
				}
				_, err := fmt.Fprint(s.out, page)
				return err
			}
		},
	}
}

func writeManuals(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "dateline.1"), []byte(manual()), 0o644); err != nil {
		return err
	}
	for _, c := range commands() {
		if err := os.WriteFile(filepath.Join(dir, "dateline-"+c.name+".1"), []byte(c.manual()), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// manual is the manual page of the program.
func manual() string {
	var b strings.Builder
	b.WriteString(".TH DATELINE 1\n.SH NAME\ndateline \\- turns news into an archive that can be questioned and cited\n.SH SYNOPSIS\n.B dateline\nCOMMAND [FLAGS] [ARGUMENTS]\n.SH COMMANDS\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, ".TP\n.BR dateline\\-%s (1)\n%s\n", roff(c.name), roff(c.short))
	}
	return b.String() + ".SH EXIT STATUS\n" + roff(strings.TrimPrefix(exitStatuses, "Exit status: "))
}

// manual is the manual page of a command.
func (c command) manual() string {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH DATELINE\\-%s 1\n.SH NAME\ndateline\\-%s \\- %s\n.SH SYNOPSIS\n.B dateline %s\n[FLAGS] %s\n.SH DESCRIPTION\n.nf\n%s\n.fi\n",
		strings.ToUpper(c.name), roff(c.name), roff(c.short), roff(c.name), roff(c.args), roff(strings.TrimSpace(c.long)))
	for i, f := range c.declared() {
		if i == 0 {
			b.WriteString(".SH OPTIONS\nEach can also be set by the variable named after it.\n")
		}
		value, text := flag.UnquoteUsage(f)
		fmt.Fprintf(&b, ".TP\n.B %s\n%s (%s)", roff(strings.TrimSpace("-"+f.Name+" "+value)), roff(text), roff(variable(f.Name)))
		if f.DefValue != "" && f.DefValue != "false" {
			fmt.Fprintf(&b, "; default %s", roff(f.DefValue))
		}
		b.WriteByte('\n')
	}
	return b.String() + ".SH EXIT STATUS\n" + roff(strings.TrimPrefix(exitStatuses, "Exit status: ")) + ".SH SEE ALSO\n.BR dateline (1)\n"
}

// roff returns text as groff prints it: nothing in it is a request or an escape.
func roff(text string) string {
	lines := strings.Split(strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text), "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, ".") || strings.HasPrefix(l, "'") {
			lines[i] = `\&` + l
		}
	}
	return strings.Join(lines, "\n")
}
