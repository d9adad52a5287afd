package alert_test

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/http"
	"net/mail"
	"strings"
	"testing"

	"dateline"
	"dateline/surface/alert"
)

type connection = net.Conn

type netListener struct{}

func (*netListener) listen(t *testing.T) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err == nil {
		t.Cleanup(func() { l.Close() })
	}
	return l, err
}

// One mail tells all that is due to somebody; it goes by STARTTLS, with a login.
func TestMail(t *testing.T) {
	a := open(t, t.TempDir())
	defer a.Close()
	h := newHook(t, func(int, http.ResponseWriter) {}) // for its certificate
	roots := x509.NewCertPool()
	roots.AddCert(h.Certificate())
	box := newMailbox(t, &h.TLS.Certificates[0], "")
	keep(t, a, dateline.Alert{Name: "Häfen", Query: "harbour", Mail: []string{"ana@post.example", "ben@post.example"}})
	add(t, a, page("ferry", 1, "Ferry to Wick stops", ferry), page("crane", 1, "Kran fällt\r\nBcc: all@post.example", crane))
	m := &alert.Mailer{Server: box.addr, User: "dateline", Password: "right horse", From: "Dateline <alerts@desk.example>", TLS: &tls.Config{RootCAs: roots}}
	r := &alert.Runner{Archive: a, Mailer: m}
	once(t, r, alert.Done{Noticed: 2, Sent: 4})
	once(t, &alert.Runner{Archive: a, Mailer: m}, alert.Done{})
	if len(box.mails) != 2 || !strings.HasPrefix(box.login, "AUTH PLAIN ") {
		t.Fatalf("%d mails after %q, want two after a login", len(box.mails), box.login)
	}
	envelope, text, _ := strings.Cut(box.mails[0], "From: ")
	if want := "MAIL FROM:<alerts@desk.example>\nRCPT TO:<ana@post.example>\n"; !strings.HasPrefix(envelope, want) {
		t.Errorf("envelope %q, want %q", envelope, want)
	}
	msg, err := mail.ReadMessage(strings.NewReader("From: " + text))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject"))
	if want := "Häfen: 2 notices"; err != nil || subject != want || msg.Header.Get("Bcc") != "" || msg.Header.Get("Message-Id") == "" {
		t.Errorf("header %v (subject %q, %v), want the subject %q and no Bcc", msg.Header, subject, err, want)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(msg.Body))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Ferry to Wick stops\r\n", "https://post.example/ferry", "Kran fällt Bcc: all@post.example"} {
		if !strings.Contains(string(body), want) {
			t.Errorf("the mail does not hold %q:\n%s", want, body)
		}
	}
}

// A mail server that refuses somebody for good is not asked again; one without TLS that is
// not this machine's is not given mail, which a test cannot show with a server of its own.
func TestMailRefused(t *testing.T) {
	for reply, want := range map[string]dateline.DeliveryState{"550 no such user": dateline.Dead, "451 later": dateline.Waiting} {
		a := open(t, t.TempDir())
		box := newMailbox(t, nil, reply)
		keep(t, a, dateline.Alert{Name: "wick", Query: "harbour", Mail: []string{"ana@post.example"}})
		add(t, a, page("ferry", 1, "Ferry to Wick stops", ferry))
		r := &alert.Runner{Archive: a, Mailer: &alert.Mailer{Server: box.addr, From: "alerts@desk.example"}}
		if _, err := r.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
		if d := notice(t, a).Deliveries[0]; d.State != want || !strings.Contains(d.Why, reply[4:]) {
			t.Errorf("after %q: %+v, want the state %q", reply, d, want)
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
