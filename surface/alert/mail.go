package alert

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"strings"
	"time"

	"dateline"
)

// A Mailer sends mail by SMTP (RFC 5321) over TLS: from the beginning on port 465 (RFC
// 8314), elsewhere after STARTTLS (RFC 3207), without which it sends to this machine only.
type Mailer struct {
	Server   string      // host and port: "mail.example.org:587"
	User     string      // who logs in; "" does not
	Password string      // of the user
	From     string      // address that mails are from: "Dateline <alerts@example.org>"
	TLS      *tls.Config // nil means the authorities of the system
}

// Check returns why m cannot send.
func (m *Mailer) Check() error {
	if _, _, err := net.SplitHostPort(m.Server); err != nil {
		return fmt.Errorf("the mail server is HOST:PORT, not %q", m.Server)
	}
	if _, err := mail.ParseAddress(m.From); err != nil {
		return fmt.Errorf("%q is no address that mails can be from", m.From)
	}
	return nil
}

// checkMail returns why an address cannot be written to.
func checkMail(address string) error {
	a, err := mail.ParseAddress(address)
	if err != nil || a.Address != strings.TrimSpace(address) {
		return fmt.Errorf("%q is no address of mail, such as ana@post.example", address)
	}
	return nil
}

// mailTime bounds the sending of one mail.
const mailTime = time.Minute

// Send sends notices of one alert to somebody, in one mail.
func (m *Mailer) Send(ctx context.Context, to string, list []*dateline.Notice) error {
	if err := errors.Join(m.Check(), checkMail(to)); err != nil {
		return &finalError{err}
	}
	from, err := mail.ParseAddress(m.From)
	if err != nil {
		return &finalError{err}
	}
	text, err := message(from, to, list, time.Now())
	if err != nil {
		return &finalError{err}
	}
	ctx, cancel := context.WithTimeout(ctx, mailTime)
	defer cancel()
	return lasting(m.send(ctx, from.Address, to, text))
}

// lasting marks an answer of a server that says that trying again is of no use (RFC 5321,
// 4.2.1: 5yz).
func lasting(err error) error {
	if e := (*textproto.Error)(nil); errors.As(err, &e) && e.Code >= 550 && e.Code < 560 {
		return &finalError{err}
	}
	return err
}

func (m *Mailer) send(ctx context.Context, from, to string, text []byte) error {
	host, port, err := net.SplitHostPort(m.Server)
	if err != nil {
		return err
	}
	config := &tls.Config{}
	if m.TLS != nil {
		config = m.TLS.Clone()
	}
	config.ServerName, config.MinVersion = host, tls.VersionTLS12
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", m.Server)
	if err != nil {
		return err
	}
	if port == "465" {
		conn = tls.Client(conn, config)
	}
	defer conn.Close()
	if end, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(end); err != nil {
			return err
		}
	}
	c, err := smtp.NewClient(conn, host)
	if err != nil {
		return err
	}
	if port != "465" {
		switch ok, _ := c.Extension("STARTTLS"); {
		case ok:
			if err := c.StartTLS(config); err != nil {
				return err
			}
		case !local(conn):
			return errors.New("the mail server offers no STARTTLS: mail and password could be read on their way")
		}
	}
	if m.User != "" {
		if err := c.Auth(smtp.PlainAuth("", m.User, m.Password, host)); err != nil {
			return err
		}
	}
	if err := c.Mail(from); err != nil {
		return err
	}
	if err := c.Rcpt(to); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(text); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	_ = c.Quit() // the mail is taken by now
	return nil
}

// local reports whether the other end of a connection is this machine.
func local(c net.Conn) bool {
	a, ok := c.RemoteAddr().(*net.TCPAddr)
	return ok && a.IP.IsLoopback()
}

// message writes a mail (RFC 5322) in plain text. Its Message-ID is made of what it tells
// and to whom, so that a mailbox that is given it twice can tell.
func message(from *mail.Address, to string, list []*dateline.Notice, now time.Time) ([]byte, error) {
	var b bytes.Buffer
	sum := sha256.New()
	for _, n := range list {
		_, _ = io.WriteString(sum, n.ID+"\n") // a hash takes everything
	}
	_, _ = io.WriteString(sum, to)
	_, host, _ := strings.Cut(from.Address, "@")
	subject := fmt.Sprintf("%s: %s", list[0].Alert, list[0].Title)
	if len(list) > 1 {
		subject = fmt.Sprintf("%s: %d notices", list[0].Alert, len(list))
	}
	for _, line := range [][2]string{
		{"From", from.String()}, {"To", (&mail.Address{Address: to}).String()}, {"Subject", mime.QEncoding.Encode("utf-8", oneLine(subject))},
		{"Date", now.Format(time.RFC1123Z)}, {"Message-ID", "<" + hex.EncodeToString(sum.Sum(nil)[:16]) + "@" + host + ">"},
		{"Auto-Submitted", "auto-generated"}, {"MIME-Version", "1.0"},
		{"Content-Type", "text/plain; charset=utf-8"}, {"Content-Transfer-Encoding", "quoted-printable"},
	} {
		b.WriteString(line[0] + ": " + line[1] + "\r\n")
	}
	b.WriteString("\r\n")
	w := quotedprintable.NewWriter(&b)
	var text strings.Builder
	for i, n := range list {
		if i > 0 {
			text.WriteString("\n\n")
		}
		text.WriteString(kindTitle[n.Kind] + oneLine(n.Title) + "\n")
		if n.Publisher != "" || n.Published != "" {
			text.WriteString(strings.Trim(oneLine(n.Publisher)+", "+string(n.Published), ", ") + "\n")
		}
		if n.Text != "" {
			text.WriteString(oneLine(n.Text) + "\n")
		}
		text.WriteString(oneLine(n.URL) + "\n")
		if n.Article != "" {
			fmt.Fprintf(&text, "dateline show %s\n", n.Article)
		}
	}
	fmt.Fprintf(&text, "\n-- \nThe alert %q of Dateline; \"dateline alert remove\" ends it.\n", list[0].Alert)
	if _, err := io.WriteString(w, strings.ReplaceAll(text.String(), "\n", "\r\n")); err != nil {
		return nil, err
	}
	return b.Bytes(), w.Close()
}

// kindTitle says before the headline what a notice is of.
var kindTitle = map[dateline.AlertKind]string{
	dateline.OnArticle: "", dateline.OnStatement: "Statement in: ", dateline.OnChange: "Changed: ", dateline.OnStory: "New story: ",
}

// oneLine returns a text of others on one line, without what could end a header.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
