package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/term"

	"dateline/account"
)

var usersCommand = command{
	name:  "users",
	args:  "[add|remove|token|tokens NAME] | [revoke TOKEN]",
	short: "lists who may use the archive where it is served; adds and removes them, makes tokens",
	long: `Users lists the accounts of the archive. "dateline serve" asks for one where others
than this machine can reach it, and with -accounts on this machine, too. They are in
the file users.db in the archive's folder, passwords as argon2id makes them.

    dateline users add ana               asks for the password
    dateline users add bo -role edit < FILE   reads it from the first line
    dateline users remove ana            with logins and tokens
    dateline users token ana -label nightly   makes a token for a program, told once
    dateline users tokens                lists tokens; revoke TOKEN takes one back

Roles are read and edit. A program gives its token as "Authorization: Bearer TOKEN".`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		asJSON := jsonFlag(fs, "print one account or token a line as JSON")
		role := fs.String("role", string(account.Read), "what the account or token may do: `read` or edit")
		label := fs.String("label", "", "what a token is for, in a few `words`")
		days := fs.Int("days", 365, "a token ends after `n` days; 0 means never")
		return func(ctx context.Context, s streams, args []string) error {
			what := "list"
			if len(args) > 0 {
				what, args = args[0], args[1:]
			}
			n := map[string]int{"list": 0, "add": 1, "remove": 1, "token": 1, "revoke": 1}
			if most, ok := n[what]; what != "tokens" && (!ok || len(args) != most) || len(args) > 1 {
				return usagef("takes nothing, add NAME, remove NAME, token NAME, tokens, or revoke TOKEN")
			}
			folder, _, err := located(dir())
			if err != nil {
				return err
			}
			path := filepath.Join(folder, account.File)
			if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) && what != "add" {
				if what == "list" || what == "tokens" {
					_, err := fmt.Fprintln(s.err, "there are no accounts; \"dateline users add NAME\" makes one")
					return err
				}
				return fmt.Errorf("there are no accounts in %s", folder)
			}
			if _, err := os.Stat(folder); err != nil {
				return fmt.Errorf("%w; \"dateline add INPUT…\" makes an archive, -archive names another folder", err)
			}
			a, err := account.Open(ctx, path)
			if err != nil {
				return err
			}
			u := users{a, s, *asJSON}
			switch what {
			case "list":
				err = u.list(ctx)
			case "add":
				err = u.add(ctx, args[0], account.Role(*role))
			case "remove":
				err = a.Remove(ctx, args[0])
			case "token":
				err = u.token(ctx, args[0], *label, account.Role(*role), *days)
			case "tokens":
				err = u.tokens(ctx, strings.Join(args, ""))
			case "revoke":
				err = a.Revoke(ctx, args[0])
			}
			return errors.Join(err, a.Close())
		}
	},
}

// users are the accounts that the command works on.
type users struct {
	*account.Accounts
	streams
	json bool
}

func (u users) list(ctx context.Context) error {
	list, err := u.Users(ctx)
	for _, x := range list {
		if u.json {
			err = printJSON(u.out, x)
		} else {
			_, err = fmt.Fprintf(u.out, "%-20s %-5s added %s\n", oneLine(x.Name), x.Role, x.Added.Format(time.DateOnly))
		}
		if err != nil {
			return err
		}
	}
	return err
}

func (u users) add(ctx context.Context, name string, role account.Role) error {
	password, err := u.password()
	if err != nil {
		return err
	}
	if err := u.Add(ctx, name, role, password); err != nil {
		return err
	}
	_, err = fmt.Fprintf(u.err, "%s may %s; \"dateline serve -accounts\" asks for accounts on this machine, too\n", name, role)
	return err
}

// password reads a password: from a terminal twice and unseen, else from the first line.
func (u users) password() (string, error) {
	f, ok := u.in.(*os.File)
	if in, waits := u.in.(*interruptReader); waits {
		f, ok = in.r.(*os.File)
	}
	if !ok || !term.IsTerminal(int(f.Fd())) {
		line, err := bufio.NewReader(io.LimitReader(u.in, 4096)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", err
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	var given [2]string
	for i, ask := range []string{"Password: ", "Again: "} {
		fmt.Fprint(u.err, ask)
		b, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(u.err)
		if err != nil {
			return "", err
		}
		given[i] = string(b)
	}
	if given[0] != given[1] {
		return "", errors.New("the two are not the same")
	}
	return given[0], nil
}

func (u users) token(ctx context.Context, name, label string, scope account.Role, days int) error {
	var until time.Time
	if days > 0 {
		until = time.Now().AddDate(0, 0, days)
	}
	token, err := u.NewToken(ctx, name, label, scope, until)
	if err != nil {
		return err
	}
	if u.json {
		return printJSON(u.out, map[string]string{"token": token})
	}
	_, err = fmt.Fprintln(u.out, token)
	return err
}

func (u users) tokens(ctx context.Context, name string) error {
	list, err := u.Tokens(ctx, name)
	for _, t := range list {
		if u.json {
			err = printJSON(u.out, t)
		} else {
			_, err = fmt.Fprintf(u.out, "%s  %-20s %-5s until %s  last used %s  %s\n", t.ID, oneLine(t.User), t.Scope, dayOr(t.Until, "ever      "), dayOr(t.Last, "never     "), oneLine(t.Label))
		}
		if err != nil {
			return err
		}
	}
	return err
}

// dayOr is the day of a time; otherwise is what stands for none.
func dayOr(t time.Time, otherwise string) string {
	if t.IsZero() {
		return otherwise
	}
	return t.Format(time.DateOnly)
}
