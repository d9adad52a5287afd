package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"dateline/account"
)

// cookieName is the cookie that holds a login.
const cookieName = "dateline-login"

// A userKey is under what the account of a request stands in its context.
type userKey struct{}

// userOf returns the account that a request is made by; ok is false if there is none.
func userOf(r *http.Request) (u account.User, ok bool) {
	u, ok = r.Context().Value(userKey{}).(account.User)
	return u, ok
}

// open reports whether whoever comes may see an address: what a reader needs to log in.
func open(r *http.Request) bool {
	path := r.URL.Path
	return path == "/login" || strings.HasPrefix(path, "/static/")
}

// identify lets the request of an account through, and sends others to where they can log
// in: a browser to a page, a program an error that says how.
func (g *guard) identify(w http.ResponseWriter, r *http.Request) {
	u, err := g.user(r)
	switch {
	case errors.Is(err, errTries):
		w.Header().Set("Retry-After", strconv.Itoa(int(tryAgain.Seconds())))
		refuse(w, r, http.StatusTooManyRequests, errTries.Error())
		return
	case err == nil:
		if r.Method != http.MethodGet && r.Method != http.MethodHead && r.URL.Path != "/mcp" && r.URL.Path != "/logout" && r.URL.Path != "/login" && !u.Role.May(account.Edit) {
			refuse(w, r, http.StatusForbidden, "this account may read, and not edit")
			return
		}
		r = r.WithContext(context.WithValue(r.Context(), userKey{}, u))
	case !errors.Is(err, account.ErrDenied):
		refuse(w, r, http.StatusServiceUnavailable, "the accounts cannot be read")
		return
	case open(r):
	case r.Method == http.MethodGet && !wantsJSON(r) && strings.Contains(r.Header.Get("Accept"), "text/html") && r.Header.Get("Authorization") == "":
		http.Redirect(w, r, "/login?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		return
	default:
		w.Header().Set("WWW-Authenticate", `Bearer realm="Dateline"`)
		refuse(w, r, http.StatusUnauthorized, `a token is asked for, "Authorization: Bearer TOKEN"; "dateline users token" makes one`)
		return
	}
	g.next.ServeHTTP(w, r)
}

// errTries says that no more is looked at from an address for now.
var errTries = errors.New("too many wrong passwords came from your address: wait a moment")

// user returns the account that a request gives a token or a login of, or
// account.ErrDenied. A token may also stand for the password of HTTP Basic, for programs
// that know nothing else.
func (g *guard) user(r *http.Request) (account.User, error) {
	token, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if _, password, ok := r.BasicAuth(); ok {
		token, bearer = password, true
	}
	if bearer {
		if !g.tries.left(r) {
			return account.User{}, errTries
		}
		u, err := g.accounts.ByToken(r.Context(), strings.TrimSpace(token))
		if errors.Is(err, account.ErrDenied) {
			g.tries.wrong(r)
		}
		return u, err
	}
	c, err := r.Cookie(cookieName)
	if err != nil {
		return account.User{}, account.ErrDenied
	}
	return g.accounts.Of(r.Context(), c.Value)
}

// loginPage is what the page of the login shows.
type loginPage struct {
	User  string // who is logged in; "" if nobody is
	Next  string // where a login leads
	Wrong bool   // the name or the password was wrong
}

// login answers /login.
func (s *site) login(r *http.Request) (view, error) {
	if s.doors.accounts == nil {
		return view{}, newProblem(http.StatusNotFound, "No accounts", "this archive is served without accounts")
	}
	u, _ := userOf(r)
	return view{Title: "Log in", Page: &loginPage{User: u.Name, Next: local(r.FormValue("next"))}}, nil
}

// local returns an address of this server to go to after the login: the front page where
// next is none.
func local(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return "/"
	}
	return next
}

// enter answers the form of the login.
func (s *site) enter(w http.ResponseWriter, r *http.Request) {
	g := s.doors
	if g.accounts == nil {
		s.nowhere(w, r)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	name, password, next := r.PostFormValue("name"), r.PostFormValue("password"), local(r.PostFormValue("next"))
	if !g.tries.left(r) {
		w.Header().Set("Retry-After", strconv.Itoa(int(tryAgain.Seconds())))
		refuse(w, r, http.StatusTooManyRequests, errTries.Error())
		return
	}
	_, login, err := g.accounts.Login(r.Context(), name, password)
	switch {
	case errors.Is(err, account.ErrDenied):
		g.tries.wrong(r)
		s.log.Warn("login refused", "from", r.RemoteAddr)
		s.writePage(w, r, http.StatusUnauthorized, "login", view{Title: "Log in", Page: &loginPage{Next: next, Wrong: true}})
		return
	case err != nil:
		s.fail(w, r, err)
		return
	}
	http.SetCookie(w, g.cookie(login, int(account.LoginTime.Seconds())))
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, next, http.StatusSeeOther)
}

// leave ends the login.
func (s *site) leave(w http.ResponseWriter, r *http.Request) {
	g := s.doors
	if g.accounts == nil {
		s.nowhere(w, r)
		return
	}
	if c, err := r.Cookie(cookieName); err == nil {
		if err := g.accounts.Logout(r.Context(), c.Value); err != nil {
			s.fail(w, r, err)
			return
		}
	}
	http.SetCookie(w, g.cookie("", -1))
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}

// cookie returns the cookie of a login, which no script can read and no other site can
// have sent but by a link.
func (g *guard) cookie(value string, age int) *http.Cookie {
	return &http.Cookie{Name: cookieName, Value: value, Path: "/", MaxAge: age, HttpOnly: true, Secure: g.secure, SameSite: http.SameSiteLaxMode}
}
