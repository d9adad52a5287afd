package account_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dateline/account"
)

const password = "twelve or more characters"

func open(t *testing.T, path string) *account.Accounts {
	t.Helper()
	a, err := account.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestAccounts makes an account, logs in, makes a token, and takes all back. What is kept
// outlasts the program, and tells no secret.
func TestAccounts(t *testing.T) {
	path, ctx := filepath.Join(t.TempDir(), account.File), t.Context()
	a := open(t, path)
	if err := a.Add(ctx, "ana", account.Read, password); err != nil {
		t.Fatal(err)
	}
	if err := a.Add(ctx, "bo", account.Edit, password); err != nil {
		t.Fatal(err)
	}
	if err := a.Add(ctx, "ana", account.Read, password); !errors.Is(err, account.ErrExists) {
		t.Errorf("a second account of a name: %v", err)
	}
	for _, x := range []struct {
		name     string
		role     account.Role
		password string
	}{{"", account.Read, password}, {"a b", account.Read, password}, {"a:b", account.Read, password}, {"cy", "own", password}, {"cy", account.Read, "short"}} {
		if err := a.Add(ctx, x.name, x.role, x.password); err == nil {
			t.Errorf("%q with the role %q and the password %q has an account", x.name, x.role, x.password)
		}
	}
	for _, x := range [][2]string{{"ana", "wrong"}, {"ana", ""}, {"nobody", password}, {"Ana", password}} {
		if _, _, err := a.Login(ctx, x[0], x[1]); !errors.Is(err, account.ErrDenied) {
			t.Errorf("%q: %v, want %v", x, err, account.ErrDenied)
		}
	}
	_, login, err := a.Login(ctx, "ana", password)
	if err != nil {
		t.Fatal(err)
	}
	token, err := a.NewToken(ctx, "bo", "nightly", account.Read, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.NewToken(ctx, "ana", "", account.Edit, time.Time{}); err == nil {
		t.Error("a token may more than its account")
	}
	old, err := a.NewToken(ctx, "bo", "", account.Edit, time.Now().Add(-time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.ByToken(ctx, old); !errors.Is(err, account.ErrDenied) {
		t.Errorf("a token that has ended: %v", err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(path + "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []string{password, login, token} {
			if strings.Contains(string(b), s) {
				t.Errorf("%s holds %q", f, s)
			}
		}
	}

	a = open(t, path)
	defer a.Close()
	if u, err := a.Of(ctx, login); err != nil || u.Name != "ana" || u.Role.May(account.Edit) {
		t.Errorf("the login is of %+v, %v", u, err)
	}
	if u, err := a.ByToken(ctx, token); err != nil || u.Name != "bo" || u.Role != account.Read {
		t.Errorf("the token is of %+v, %v", u, err)
	}
	list, err := a.Tokens(ctx, "bo")
	if err != nil || len(list) != 2 || list[0].Last.IsZero() && list[1].Last.IsZero() {
		t.Errorf("tokens %+v, %v", list, err)
	}
	if err := a.Logout(ctx, login); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Of(ctx, login); !errors.Is(err, account.ErrDenied) {
		t.Errorf("after the logout: %v", err)
	}
	for _, tok := range list {
		if err := a.Revoke(ctx, tok.ID); err != nil {
			t.Error(err)
		}
	}
	if _, err := a.ByToken(ctx, token); !errors.Is(err, account.ErrDenied) {
		t.Errorf("a token that was taken back: %v", err)
	}
	if err := a.Revoke(ctx, "00000000"); !errors.Is(err, account.ErrNone) {
		t.Errorf("no token: %v", err)
	}
	_, login, err = a.Login(ctx, "bo", password)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Remove(ctx, "bo"); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Of(ctx, login); !errors.Is(err, account.ErrDenied) {
		t.Errorf("the login of a removed account: %v", err)
	}
	if err := a.Remove(ctx, "bo"); !errors.Is(err, account.ErrNone) {
		t.Errorf("removed twice: %v", err)
	}
	if users, err := a.Users(ctx); err != nil || len(users) != 1 || users[0].Name != "ana" {
		t.Errorf("accounts %+v, %v", users, err)
	}
}
