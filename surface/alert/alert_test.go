package alert_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"dateline"
	"dateline/acquire"
	"dateline/answer"
	"dateline/archive"
	"dateline/surface/alert"
)

// page returns a page of news as it was fetched on a day of March 2024.
func page(path string, day int, headline, text string) acquire.Page {
	html := fmt.Sprintf(`<html lang="en"><head><title>%s</title><link rel="canonical" href="https://post.example/%s"></head><body><article><h1>%[1]s</h1>
<time datetime="2024-03-01">1 March 2024</time>%[3]s<p>The harbour is the oldest on this coast, and its wall was built by hand more than two hundred years ago.</p></article></body></html>`, headline, path, text)
	digest, length, _ := dateline.Digest(strings.NewReader(html))
	c := dateline.Capture{URL: "https://post.example/" + path, Fetched: time.Date(2024, 3, day, 8, 0, 0, 0, time.UTC), Status: 200, Type: "text/html", Payload: digest, Length: length}
	c.ID = dateline.NewCaptureID(c.URL, c.Fetched, digest)
	return acquire.Page{Capture: c, Body: []byte(html), Block: []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html)}
}

const (
	ferry = `<p>The ferry to Wick will not sail for a week after a storm had damaged its hull near the pier.</p><p>"We will repair it as fast as we can," said Vera Lind, who leads the harbour office.</p>`
	crane = `<p>A crane has fallen into the harbour of Wick, and the ferry cannot leave until it is taken out.</p><p>"Nobody stood below it when it fell," said Vera Lind, who leads the harbour office.</p>`
	trams = `<p>The trams of the town are to run every five minutes from next month on, which has cost eleven new cars.</p>`
)

func open(t *testing.T, dir string) *archive.Archive {
	t.Helper()
	a, err := archive.Open(t.Context(), dir, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func add(t *testing.T, a *archive.Archive, pages ...acquire.Page) {
	t.Helper()
	_, err := a.Add(t.Context(), func(context.Context) iter.Seq2[acquire.Page, error] {
		return func(yield func(acquire.Page, error) bool) {
			for _, p := range pages {
				if !yield(p, nil) {
					return
				}
			}
		}
	}, archive.AddOptions{})
	if err != nil {
		t.Fatal(err)
	}
}

func keep(t *testing.T, a *archive.Archive, made dateline.Alert) dateline.Alert {
	t.Helper()
	made, err := alert.Add(t.Context(), a, made, false)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func once(t *testing.T, r *alert.Runner, want alert.Done) {
	t.Helper()
	if got, err := r.Once(t.Context()); err != nil || got != want {
		t.Errorf("Once = %+v, %v, want %+v", got, err, want)
	}
}

// told returns what an alert has told, each as its kind and its title, in order.
func told(t *testing.T, a *archive.Archive, name string) (list []string) {
	t.Helper()
	x, err := answer.NewAlert(t.Context(), a, name)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range x.Notices {
		list = append(list, string(n.Kind)+" "+n.Title+": "+n.Text)
	}
	slices.Sort(list)
	return list
}

// Each kind of event is told once, and what stood in the archive before the alert is not.
func TestEvents(t *testing.T) {
	a := open(t, t.TempDir())
	defer a.Close()
	add(t, a, page("trams", 1, "Trams every five minutes", trams), page("ferry", 1, "Ferry to Wick stops", ferry))
	all := keep(t, a, dateline.Alert{Name: "wick", Query: "harbour", On: dateline.AlertKinds})
	keep(t, a, dateline.Alert{Name: "lind", Query: `who:"Vera Lind"`, On: []dateline.AlertKind{dateline.OnStatement}})
	keep(t, a, dateline.Alert{Name: "nothing", Query: "volcano"})
	r := &alert.Runner{Archive: a}
	once(t, r, alert.Done{})
	add(t, a, page("crane", 2, "Crane falls into the harbour", crane),
		page("ferry", 2, "Ferry to Wick stops for longer", ferry+`<p>"It will take two weeks and not one," said Vera Lind.</p>`),
		page("crane", 3, "Crane falls into the harbour", crane)) // as it was: no event
	if _, err := r.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"article Crane falls into the harbour: ",
		`change Ferry to Wick stops for longer: The headline was "Ferry to Wick stops". The text has changed.`,
		"statement Crane falls into the harbour: Vera Lind: Nobody stood below it when it fell",
		"statement Ferry to Wick stops for longer: Vera Lind: It will take two weeks and not one",
		"statement Ferry to Wick stops for longer: Vera Lind: We will repair it as fast as we can",
		"story Crane falls into the harbour: ",
	}
	if got := told(t, a, all.Name); !slices.Equal(got, want) {
		t.Errorf("told\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got := told(t, a, "lind"); !slices.Equal(got, want[2:5]) {
		t.Errorf("of Vera Lind is told\n%s", strings.Join(got, "\n"))
	}
	if got := told(t, a, "nothing"); len(got) != 0 {
		t.Errorf("of no volcano is told %q", got)
	}
	// Records that are made anew are no news.
	if err := a.Rebuild(t.Context(), "extract", archive.RunOptions{}); err != nil {
		t.Fatal(err)
	}
	once(t, &alert.Runner{Archive: a}, alert.Done{})
}

// A hook is a webhook that answers what it is told to, and notes its calls.
type hook struct {
	*httptest.Server
	mu     sync.Mutex
	calls  []call
	answer func(n int, w http.ResponseWriter)
}

type call struct {
	header http.Header
	body   []byte
}

func newHook(t *testing.T, answer func(n int, w http.ResponseWriter)) *hook {
	h := &hook{answer: answer}
	h.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		h.mu.Lock()
		h.calls = append(h.calls, call{r.Header, body})
		n := len(h.calls)
		h.mu.Unlock()
		h.answer(n, w)
	}))
	t.Cleanup(h.Close)
	return h
}

func (h *hook) client(allow ...netip.Prefix) *http.Client {
	roots := x509.NewCertPool()
	roots.AddCert(h.Certificate())
	return acquire.NewClient(allow, roots)
}

var loopback = netip.MustParsePrefix("127.0.0.0/8")

// A call is signed as Standard Webhooks has it, and one that fails is made again, later, with
// the same id, until it is given up.
func TestWebhook(t *testing.T) {
	a := open(t, t.TempDir())
	defer a.Close()
	h := newHook(t, func(n int, w http.ResponseWriter) {
		switch n {
		case 1:
			w.Header().Set("Retry-After", "600")
			w.WriteHeader(http.StatusServiceUnavailable)
		case 2:
			w.Header().Set("Location", "/elsewhere")
			w.WriteHeader(http.StatusFound)
		}
	})
	made := keep(t, a, dateline.Alert{Name: "ferry", Query: "ferry", Webhook: h.URL + "/secret/path"})
	add(t, a, page("ferry", 1, "Ferry to Wick stops", ferry))
	r := &alert.Runner{Archive: a, Client: h.client(loopback)}
	once(t, r, alert.Done{Noticed: 1, Failed: 1, Waiting: 1})
	once(t, r, alert.Done{Waiting: 1}) // not due
	n := notice(t, a)
	if next, err := time.Parse(time.RFC3339, n.Deliveries[0].Next); err != nil || time.Until(next) < 9*time.Minute || time.Until(next) > 11*time.Minute {
		t.Errorf("after Retry-After: 600 the next try is at %s, %v", n.Deliveries[0].Next, err)
	}
	fall(t, a)
	once(t, r, alert.Done{Failed: 1, Waiting: 1})
	if n = notice(t, a); !strings.Contains(n.Deliveries[0].Why, "redirects are not followed") || n.Deliveries[0].Tries != 2 {
		t.Errorf("after a redirect: %+v", n.Deliveries[0])
	}
	fall(t, a)
	once(t, r, alert.Done{Sent: 1})
	once(t, &alert.Runner{Archive: a, Client: h.client(loopback)}, alert.Done{})
	if len(h.calls) != 3 {
		t.Fatalf("%d calls, want 3", len(h.calls))
	}
	for i, c := range h.calls {
		at, err := strconv.ParseInt(c.header.Get("Webhook-Timestamp"), 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		sign, err := alert.Sign(made.Secret, c.header.Get("Webhook-Id"), time.Unix(at, 0), c.body)
		if err != nil || sign != c.header.Get("Webhook-Signature") || c.header.Get("Webhook-Id") != n.ID || c.header.Get("Dateline-Attempt") != strconv.Itoa(i+1) {
			t.Errorf("call %d has the header %v, want the signature %s and the id %s", i+1, c.header, sign, n.ID)
		}
		var got answer.WebhookCall
		if err := json.Unmarshal(c.body, &got); err != nil || got.Type != "dateline.article" || got.Data.Title != "Ferry to Wick stops" || got.Data.URL != "https://post.example/ferry" {
			t.Errorf("call %d: %s, %v", i+1, c.body, err)
		}
	}
}

// notice returns the only notice of an archive.
func notice(t *testing.T, a *archive.Archive) (n dateline.Notice) {
	t.Helper()
	for e, err := range a.Notices().After(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		n = e.Rec
	}
	return n
}

// fall makes what waits due.
func fall(t *testing.T, a *archive.Archive) {
	t.Helper()
	n := notice(t, a)
	n.Deliveries[0].Next = ""
	if err := a.Notices().Put(t.Context(), n); err != nil {
		t.Fatal(err)
	}
}

// The example of Standard Webhooks (its specification, "Signature scheme").
func TestSign(t *testing.T) {
	got, err := alert.Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; err != nil || got != want {
		t.Errorf("Sign = %s, %v, want %s", got, err, want)
	}
}

// What cannot be delivered is given up: at once where the address is none of the public
// internet or the receiver wants no more, else after eight tries. It can be sent again.
func TestDead(t *testing.T) {
	a := open(t, t.TempDir())
	defer a.Close()
	h := newHook(t, func(n int, w http.ResponseWriter) {
		if n <= 8 {
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
	keep(t, a, dateline.Alert{Name: "ferry", Query: "ferry", Webhook: h.URL})
	add(t, a, page("ferry", 1, "Ferry to Wick stops", ferry))
	r := &alert.Runner{Archive: a, Client: h.client()}
	once(t, r, alert.Done{Noticed: 1, Failed: 1})
	if n := notice(t, a); n.Deliveries[0].State != dateline.Dead || !strings.Contains(n.Deliveries[0].Why, "not a public address") {
		t.Errorf("a call of this machine that is not allowed: %+v", n.Deliveries[0])
	}
	if len(h.calls) != 0 {
		t.Fatalf("an address that is not public was called %d times", len(h.calls))
	}
	r.Client = h.client(loopback)
	if n, err := r.Retry(t.Context(), "ferry", ""); n != 1 || err != nil {
		t.Fatalf("Retry = %d, %v, want 1", n, err)
	}
	for try := 1; try <= 8; try++ {
		d := alert.Done{Failed: 1, Waiting: 1}
		if try == 8 {
			d.Waiting = 0
		}
		once(t, r, d)
		if try < 8 {
			fall(t, a)
		}
	}
	if n := notice(t, a); n.Deliveries[0].State != dateline.Dead || n.Deliveries[0].Tries != 8 {
		t.Errorf("after eight tries: %+v", n.Deliveries[0])
	}
	if _, err := r.Retry(t.Context(), "ferry", ""); err != nil {
		t.Fatal(err)
	}
	once(t, r, alert.Done{Sent: 1})
}

func TestAddRefuses(t *testing.T) {
	a := open(t, t.TempDir())
	defer a.Close()
	keep(t, a, dateline.Alert{Name: "there", Query: "ferry"})
	for _, test := range []struct {
		made dateline.Alert
		want string
	}{
		{dateline.Alert{Name: "there", Query: "x"}, "already"},
		{dateline.Alert{Name: "a/b", Query: "x"}, "no name"},
		{dateline.Alert{Name: "", Query: "x"}, "no name"},
		{dateline.Alert{Name: "a", Query: " "}, "needs a query"},
		{dateline.Alert{Name: "a", Query: `"open`}, "cannot be read"},
		{dateline.Alert{Name: "a", Query: "x", On: []dateline.AlertKind{"birth"}}, "nothing that an alert can tell"},
		{dateline.Alert{Name: "a", Query: "x", Webhook: "http://hooks.example/"}, "https"},
		{dateline.Alert{Name: "a", Query: "x", Webhook: "file:///etc/passwd"}, "no address"},
		{dateline.Alert{Name: "a", Query: "x", Webhook: "https://me:pass@hooks.example/"}, "password"},
		{dateline.Alert{Name: "a", Query: "x", Mail: []string{"Ana <ana@post.example>"}}, "no address of mail"},
		{dateline.Alert{Name: "a", Query: "x", Mail: []string{"ana@post.example\r\nBcc: b@post.example"}}, "no address of mail"},
	} {
		if _, err := alert.Add(t.Context(), a, test.made, false); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("Add(%+v) = %v, want an error with %q", test.made, err, test.want)
		}
	}
}

// TestKill kills a process while it delivers, some times over. No event is delivered twice,
// and none is forgotten: what was under way is told as such.
func TestKill(t *testing.T) {
	if dir := os.Getenv("ALERT_TEST_ARCHIVE"); dir != "" {
		runUntilKilled(t, dir, os.Getenv("ALERT_TEST_ROOTS"))
		return
	}
	dir := t.TempDir()
	var mu sync.Mutex
	var child *exec.Cmd
	kills := 0
	h := newHook(t, func(n int, _ http.ResponseWriter) {
		mu.Lock()
		defer mu.Unlock()
		if n%3 == 2 && child != nil && kills < 3 { // before it has the answer
			kills++
			_ = child.Process.Kill()
		}
	})
	a := open(t, dir)
	keep(t, a, dateline.Alert{Name: "wick", Query: "harbour", On: dateline.AlertKinds, Webhook: h.URL})
	for i := range 6 {
		add(t, a, page(fmt.Sprintf("crane%d", i), 2, fmt.Sprintf("Crane number %d falls", i), strings.ReplaceAll(crane, "Nobody", fmt.Sprintf("Not %d people", i))))
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	roots := t.TempDir() + "/roots"
	if err := os.WriteFile(roots, h.Certificate().Raw, 0o600); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKill$")
		cmd.Env = append(os.Environ(), "ALERT_TEST_ARCHIVE="+dir, "ALERT_TEST_ROOTS="+roots)
		mu.Lock()
		child = cmd
		err := cmd.Start()
		mu.Unlock()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err == nil {
			t.Fatal("the process ended before it was killed")
		}
	}
	mu.Lock()
	child = nil
	mu.Unlock()
	a = open(t, dir)
	defer a.Close()
	if _, err := (&alert.Runner{Archive: a, Client: h.client(loopback)}).Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	calls := map[string]int{}
	for _, c := range h.calls {
		calls[c.header.Get("Webhook-Id")]++
	}
	notices, unknown := 0, 0
	for e, err := range a.Notices().After(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		notices++
		d := e.Rec.Deliveries[0]
		if d.State == dateline.Dead && d.Why == alert.Unknown {
			unknown++
		} else if d.State != dateline.Delivered {
			t.Errorf("%s: %+v, want it sent", e.Rec.ID, d)
		}
		if calls[e.Rec.ID] != 1 {
			t.Errorf("%s %q was delivered %d times", e.Rec.ID, e.Rec.Title, calls[e.Rec.ID])
		}
	}
	if notices < 12 || unknown != 3 || kills != 3 {
		t.Errorf("%d notices, %d of unknown end after %d kills, want at least 12 and 3 after 3", notices, unknown, kills)
	}
}

func runUntilKilled(t *testing.T, dir, rootFile string) {
	der, err := os.ReadFile(rootFile)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(cert)
	a, err := archive.Open(t.Context(), dir, archive.Options{Aside: true})
	if err != nil {
		t.Fatal(err)
	}
	r := &alert.Runner{Archive: a, Client: acquire.NewClient([]netip.Prefix{loopback}, roots)}
	if _, err := r.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// Two processes do not run the alerts of one archive at a time.
func TestOneAtATime(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	defer a.Close()
	entered, leave := make(chan bool), make(chan bool)
	h := newHook(t, func(int, http.ResponseWriter) {
		entered <- true
		<-leave
	})
	keep(t, a, dateline.Alert{Name: "ferry", Query: "ferry", Webhook: h.URL})
	add(t, a, page("ferry", 1, "Ferry to Wick stops", ferry))
	aside, err := archive.Open(t.Context(), dir, archive.Options{Aside: true})
	if err != nil {
		t.Fatal(err)
	}
	defer aside.Close()
	var wg sync.WaitGroup
	wg.Go(func() {
		once(t, &alert.Runner{Archive: a, Client: h.client(loopback)}, alert.Done{Noticed: 1, Sent: 1})
	})
	<-entered
	if _, err := (&alert.Runner{Archive: aside, Client: h.client(loopback)}).Once(t.Context()); !errors.Is(err, alert.ErrRunning) {
		t.Errorf("a second process: %v, want ErrRunning", err)
	}
	leave <- true
	wg.Wait()
}

// A mailbox is a mail server on this machine, with STARTTLS or without.
type mailbox struct {
	addr  string
	mu    sync.Mutex
	mails []string // with their envelope
	login string
}

func newMailbox(t *testing.T, cert *tls.Certificate, reject string) *mailbox {
	l, err := (&netListener{}).listen(t)
	if err != nil {
		t.Fatal(err)
	}
	m := &mailbox{addr: l.Addr().String()}
	go func() { // ends with the listener
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			m.serve(conn, cert, reject)
		}
	}()
	return m
}

func (m *mailbox) serve(conn connection, cert *tls.Certificate, reject string) {
	defer func() { conn.Close() }()
	r := bufio.NewReader(conn)
	say := func(s string) { fmt.Fprint(conn, s+"\r\n") }
	say("220 mailbox ESMTP")
	envelope, secure := "", false
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimSpace(line)
		verb, _, _ := strings.Cut(strings.ToUpper(line), " ")
		switch verb {
		case "EHLO", "HELO":
			if cert != nil && !secure {
				say("250-mailbox\r\n250 STARTTLS")
			} else {
				say("250-mailbox\r\n250 AUTH PLAIN")
			}
		case "STARTTLS":
			say("220 go ahead")
			secured := tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{*cert}})
			if secured.Handshake() != nil {
				return
			}
			conn, r, secure = secured, bufio.NewReader(secured), true
			say = func(s string) { fmt.Fprint(secured, s+"\r\n") }
		case "AUTH":
			m.login = line
			say("235 welcome")
		case "MAIL", "RCPT":
			if reject != "" && verb == "RCPT" {
				say(reject)
				continue
			}
			envelope += line + "\n"
			say("250 ok")
		case "DATA":
			say("354 go on")
			var b strings.Builder
			for {
				line, err := r.ReadString('\n')
				if err != nil {
					return
				}
				if line == ".\r\n" {
					break
				}
				b.WriteString(line)
			}
			m.mu.Lock()
			m.mails = append(m.mails, envelope+b.String())
			m.mu.Unlock()
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}
