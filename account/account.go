// Package account keeps who may use a served archive: accounts with a role and a password,
// their logins, and the tokens of their programs. It is a file of its own beside the
// archive, so that an archive can be given away without them.
//
// Passwords are kept as argon2id makes them (RFC 9106), tokens and logins as digests, so
// that the file tells none of them.
package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"dateline/internal/sqlfile"
)

// File is the name of the file in the folder of an archive.
const File = "users.db"

// A Role says what an account may do.
type Role string

// The roles. Who may edit may also read.
const (
	Read Role = "read"
	Edit Role = "edit"
)

// May reports whether a role lets do what another one is needed for.
func (r Role) May(needed Role) bool { return r == needed || r == Edit }

// Valid reports whether r is one of the roles.
func (r Role) Valid() bool { return r == Read || r == Edit }

// A User is an account.
type User struct {
	Name  string    `json:"name"`  // as it logs in
	Role  Role      `json:"role"`  // what it may do
	Added time.Time `json:"added"` // when the account was made, UTC
}

// A Token lets a program in, in the name of an account.
type Token struct {
	User  string    `json:"user"`           // name of the account
	Label string    `json:"label"`          // what it is for
	Scope Role      `json:"scope"`          // what it may do, at most what the account may
	Made  time.Time `json:"made"`           // UTC
	Until time.Time `json:"until,omitzero"` // when it ends; zero means never
	Last  time.Time `json:"last,omitzero"`  // when it was last used, to the day; zero means never
	ID    string    `json:"id"`             // by which it can be taken back: the beginning of its digest
}

// Errors that callers tell apart.
var (
	// ErrDenied reports a wrong name or password, or a token or login that is none.
	ErrDenied = errors.New("wrong name, password or token")
	// ErrNone reports an account or token that is not there.
	ErrNone = errors.New("there is none of that name")
	// ErrExists reports an account that is there already.
	ErrExists = errors.New("there is an account of that name")
)

// LeastPassword is the least number of characters of a password (NIST SP 800-63B-4,
// section 3.1.1.2, asks for 15 where it is the only factor, and 8 otherwise; twelve is
// what the command has always asked for).
const LeastPassword = 12

// LoginTime is how long a login lasts.
const LoginTime = 14 * 24 * time.Hour

var format = sqlfile.Format{
	Name: "users",
	ID:   0x646c7531,
	Migrations: []string{`
CREATE TABLE users (name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL, added TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE tokens (digest TEXT PRIMARY KEY, user TEXT NOT NULL, label TEXT NOT NULL, scope TEXT NOT NULL, made TEXT NOT NULL, until TEXT NOT NULL, last TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE logins (digest TEXT PRIMARY KEY, user TEXT NOT NULL, until TEXT NOT NULL) WITHOUT ROWID;
`},
	Advice: "remove the file, and add the accounts anew",
}

// Accounts are those of one file. Their methods may be called from many goroutines.
type Accounts struct {
	file *sqlfile.File
	turn chan struct{} // holds one while a password is looked at, which takes 64 MiB
	none string        // what a password is compared with where there is no account, so that it takes as long
}

// Open opens the accounts in the file path, and makes it if it does not exist.
func Open(ctx context.Context, path string) (*Accounts, error) {
	f, err := sqlfile.Open(ctx, path, format, sqlfile.Options{})
	if err != nil {
		return nil, err
	}
	return &Accounts{file: f, turn: make(chan struct{}, 1), none: hashed(secret(16))}, nil
}

// Close closes the file.
func (a *Accounts) Close() error { return a.file.Close() }

// clock is how times are kept.
const clock = time.RFC3339

func now() string { return time.Now().UTC().Format(clock) }

// Add makes an account, or is [ErrExists].
func (a *Accounts) Add(ctx context.Context, name string, role Role, password string) error {
	switch {
	case name == "" || strings.ContainsAny(name, ": \t\r\n") || utf8.RuneCountInString(name) > 64 || !utf8.ValidString(name):
		return fmt.Errorf("%q is no name: it has 1 to 64 characters without spaces and colons", name)
	case !role.Valid():
		return fmt.Errorf("%q is no role: there are read and edit", role)
	case utf8.RuneCountInString(password) < LeastPassword:
		return fmt.Errorf("the password has %d characters; it must have %d at least", utf8.RuneCountInString(password), LeastPassword)
	}
	kept := hashed(password)
	return a.file.Write(ctx, func(tx *sql.Tx) error {
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM users WHERE name = ?`, name).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return fmt.Errorf("%s: %w", name, ErrExists)
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO users VALUES (?, ?, ?, ?)`, name, role, kept, now())
		return err
	})
}

// Remove takes an account away, with its logins and tokens.
func (a *Accounts) Remove(ctx context.Context, name string) error {
	return a.file.Write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `DELETE FROM users WHERE name = ?`, name)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, fmt.Errorf("%s: %w", name, ErrNone))
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM tokens WHERE user = ?`, name)
		if err == nil {
			_, err = tx.ExecContext(ctx, `DELETE FROM logins WHERE user = ?`, name)
		}
		return err
	})
}

// Users returns the accounts, by name.
func (a *Accounts) Users(ctx context.Context) (list []User, err error) {
	rows, err := a.file.Read.QueryContext(ctx, `SELECT name, role, added FROM users ORDER BY name`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var u User
		var added string
		if err := rows.Scan(&u.Name, &u.Role, &added); err != nil {
			return nil, err
		}
		u.Added, _ = time.Parse(clock, added)
		list = append(list, u)
	}
	return list, rows.Err()
}

// Login returns the account whose name and password these are, and a secret by which
// [Accounts.Of] knows it for [LoginTime]. Anything wrong is [ErrDenied], in the same time.
func (a *Accounts) Login(ctx context.Context, name, password string) (u User, login string, err error) {
	u, err = a.Check(ctx, name, password)
	if err != nil {
		return u, "", err
	}
	login = secret(32)
	err = a.file.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM logins WHERE until < ?`, now()); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO logins VALUES (?, ?, ?)`, digest(login), u.Name, time.Now().UTC().Add(LoginTime).Format(clock))
		return err
	})
	return u, login, err
}

// Check returns the account whose name and password these are, or [ErrDenied].
func (a *Accounts) Check(ctx context.Context, name, password string) (u User, err error) {
	var kept, added string
	err = a.file.Read.QueryRowContext(ctx, `SELECT name, role, password, added FROM users WHERE name = ?`, name).Scan(&u.Name, &u.Role, &kept, &added)
	unknown := errors.Is(err, sql.ErrNoRows)
	if err != nil && !unknown {
		return User{}, err
	}
	if unknown {
		kept = a.none
	}
	select {
	case a.turn <- struct{}{}:
		defer func() { <-a.turn }()
	case <-ctx.Done():
		return User{}, ctx.Err()
	}
	if !matches(kept, password) || unknown {
		return User{}, ErrDenied
	}
	u.Added, _ = time.Parse(clock, added)
	return u, nil
}

// Of returns the account that a login is of, or [ErrDenied].
func (a *Accounts) Of(ctx context.Context, login string) (u User, err error) {
	err = a.file.Read.QueryRowContext(ctx, `SELECT u.name, u.role FROM logins l JOIN users u ON u.name = l.user WHERE l.digest = ? AND l.until > ?`, digest(login), now()).Scan(&u.Name, &u.Role)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrDenied
	}
	return u, err
}

// Logout ends a login.
func (a *Accounts) Logout(ctx context.Context, login string) error {
	return a.file.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM logins WHERE digest = ?`, digest(login))
		return err
	})
}

// tokenPrefix begins tokens, so that tools which look for secrets in texts know one.
const tokenPrefix = "dateline_"

// NewToken makes a token of an account; it is told once and kept as a digest. The zero
// until means that it does not end.
func (a *Accounts) NewToken(ctx context.Context, user, label string, scope Role, until time.Time) (token string, err error) {
	if !scope.Valid() {
		return "", fmt.Errorf("%q is no scope: there are read and edit", scope)
	}
	end := ""
	if !until.IsZero() {
		end = until.UTC().Format(clock)
	}
	token = tokenPrefix + secret(32)
	err = a.file.Write(ctx, func(tx *sql.Tx) error {
		var role Role
		err := tx.QueryRowContext(ctx, `SELECT role FROM users WHERE name = ?`, user).Scan(&role)
		if errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("%s: %w", user, ErrNone)
		}
		if err == nil && !role.May(scope) {
			return fmt.Errorf("%s may only %s", user, role)
		}
		if err == nil {
			_, err = tx.ExecContext(ctx, `INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?, '')`, digest(token), user, label, scope, now(), end)
		}
		return err
	})
	return token, err
}

// ByToken returns the account that a token is of, with the scope of the token as its role,
// or [ErrDenied].
func (a *Accounts) ByToken(ctx context.Context, token string) (u User, err error) {
	var scope Role
	var last string
	d := digest(token)
	err = a.file.Read.QueryRowContext(ctx, `SELECT u.name, u.role, t.scope, t.last FROM tokens t JOIN users u ON u.name = t.user WHERE t.digest = ? AND (t.until = '' OR t.until > ?)`, d, now()).Scan(&u.Name, &u.Role, &scope, &last)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return User{}, ErrDenied
	case err != nil:
		return User{}, err
	}
	if !scope.May(u.Role) {
		u.Role = scope
	}
	if today := time.Now().UTC().Truncate(24 * time.Hour).Format(clock); last != today {
		err = a.file.Write(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `UPDATE tokens SET last = ? WHERE digest = ?`, today, d)
			return err
		})
	}
	return u, err
}

// Tokens returns the tokens of an account, or of all if user is "".
func (a *Accounts) Tokens(ctx context.Context, user string) (list []Token, err error) {
	rows, err := a.file.Read.QueryContext(ctx, `SELECT digest, user, label, scope, made, until, last FROM tokens WHERE ?1 = '' OR user = ?1 ORDER BY user, made, digest`, user)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var t Token
		var made, until, last string
		if err := rows.Scan(&t.ID, &t.User, &t.Label, &t.Scope, &made, &until, &last); err != nil {
			return nil, err
		}
		t.ID = t.ID[:8]
		t.Made, _ = time.Parse(clock, made)
		t.Until, _ = time.Parse(clock, until)
		t.Last, _ = time.Parse(clock, last)
		list = append(list, t)
	}
	return list, rows.Err()
}

// Revoke takes the token back that begins with id, see Token.ID, or is [ErrNone].
func (a *Accounts) Revoke(ctx context.Context, id string) error {
	if len(id) < 8 || strings.Trim(id, "0123456789abcdef") != "" {
		return fmt.Errorf("%q is no token: \"dateline users token\" lists them", id)
	}
	return a.file.Write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `DELETE FROM tokens WHERE substr(digest, 1, length(?1)) = ?1`, id)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, fmt.Errorf("token %s: %w", id, ErrNone))
		}
		return nil
	})
}

// secret returns so many random bytes, as text for an address or a header.
func secret(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails, see crypto/rand
	return base64.RawURLEncoding.EncodeToString(b)
}

// digest is what is kept of a secret of 256 random bits: it cannot be guessed, so that
// one pass of SHA-256 hides it.
func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// The parameters of argon2id: the second choice of RFC 9106, section 4, which is for
// machines with little memory.
const (
	passes  = 3
	memory  = 64 << 10 // KiB
	threads = 4
	keySize = 32
)

// hashed returns what is kept of a password, with its salt, as the PHC string format has it.
func hashed(password string) string {
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // never fails, see crypto/rand
	key := argon2.IDKey([]byte(password), salt, passes, memory, threads, keySize)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memory, passes, threads, b64.EncodeToString(salt), b64.EncodeToString(key))
}

// matches reports whether kept is what [hashed] makes of a password.
func matches(kept, password string) bool {
	var version, m, t, p int
	parts := strings.Split(kept, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false
	}
	if n, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &m, &t, &p); n != 4 || err != nil || version != argon2.Version || m < 8 || m > 1<<20 || t < 1 || t > 64 || p < 1 || p > 64 {
		return false
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(want) == 0 {
		return false
	}
	got := argon2.IDKey([]byte(password), salt, uint32(t), uint32(m), uint8(p), uint32(len(want))) //nolint:gosec // bounded above
	return subtle.ConstantTimeCompare(got, want) == 1
}
