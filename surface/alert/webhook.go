package alert

import (
	"bytes"
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"dateline"
	"dateline/acquire"
	"dateline/answer"
)

// Headers of a call (Standard Webhooks, standardwebhooks.com).
const (
	HeaderID        = "Webhook-Id"        // key of the notice: the same at each try
	HeaderTimestamp = "Webhook-Timestamp" // seconds since 1970 when it was signed
	HeaderSignature = "Webhook-Signature" // "v1," and the HMAC-SHA256 of "ID.TIMESTAMP.BODY" in base64
	HeaderAttempt   = "Dateline-Attempt"  // 1 at the first try
)

// secretPrefix begins a secret as users copy it.
const secretPrefix = "whsec_"

// newSecret returns a new secret to sign calls with.
func newSecret() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return secretPrefix + base64.StdEncoding.EncodeToString(b)
}

// checkWebhook returns why an address cannot be called. It is one of HTTPS, or of HTTP if
// plain is set, and holds no password.
func checkWebhook(address string, plain bool) error {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Hostname() == "":
		return fmt.Errorf("%q is no address", address)
	case u.Scheme == "http" && plain, u.Scheme == "https":
	case u.Scheme == "http":
		return errors.New("a webhook has an https address: what it is told could be read on its way (-allow-private lets http, for tests)")
	default:
		return fmt.Errorf("%q is no address of the web", address)
	}
	if u.User != nil {
		return errors.New("an address with a password in it is shown to others; the secret signs what is sent")
	}
	return nil
}

// Sign returns the signature of a call, as HeaderSignature has it.
func Sign(secret, id string, at time.Time, body []byte) (string, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, secretPrefix))
	if err != nil {
		return "", fmt.Errorf("the secret is no base64: %w", err)
	}
	mac := hmac.New(sha256.New, key)
	_, _ = fmt.Fprintf(mac, "%s.%d.", id, at.Unix()) // a hash takes everything
	_, _ = mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)), nil
}

// callTime bounds one call, and mostReply what is read of its answer.
const (
	callTime  = 20 * time.Second
	mostReply = 4 << 10
)

// call calls a webhook. A finalError says that calling again is of no use.
func (r *Runner) call(ctx context.Context, address, secret string, n *dateline.Notice, attempt int) error {
	if r.Client == nil {
		return errors.New("webhooks are not called by this process")
	}
	body, err := json.Marshal(answer.WebhookCall{Type: "dateline." + string(n.Kind), Timestamp: n.At, Data: answer.NewNotice(n)})
	if err != nil {
		return &finalError{err}
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return &finalError{err}
	}
	now := time.Now()
	h := req.Header
	h.Set("Content-Type", "application/json")
	h.Set("User-Agent", cmp.Or(r.Agent, "Dateline"))
	h.Set(HeaderID, n.ID)
	h.Set(HeaderTimestamp, strconv.FormatInt(now.Unix(), 10))
	h.Set(HeaderAttempt, strconv.Itoa(attempt))
	if secret != "" {
		sign, err := Sign(secret, n.ID, now, body)
		if err != nil {
			return &finalError{err}
		}
		h.Set(HeaderSignature, sign)
	}
	resp, err := r.Client.Do(req)
	if errors.Is(err, acquire.ErrPrivate) {
		return &finalError{bare(err)}
	}
	if err != nil {
		return bare(err)
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, mostReply)) // only the status counts
	switch code := resp.StatusCode; {
	case code >= 200 && code < 300:
		return nil
	case code == http.StatusGone:
		return &finalError{errors.New("410 Gone: it wants no more calls")}
	case code >= 300 && code < 400:
		return fmt.Errorf("%s: redirects are not followed", resp.Status)
	case code == http.StatusTooManyRequests || code == http.StatusServiceUnavailable:
		failure := fmt.Errorf("%s", resp.Status)
		if s, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && s > 0 {
			return &laterError{failure, time.Duration(min(s, int(mostPause/time.Second))) * time.Second}
		}
		return failure
	default:
		return errors.New(resp.Status)
	}
}

// bare returns an error of a call without its address.
func bare(err error) error {
	if u := (*url.Error)(nil); errors.As(err, &u) {
		return u.Err
	}
	return err
}
