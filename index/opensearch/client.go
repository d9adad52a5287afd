package opensearch

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// A client sends requests to OpenSearch. It knows nothing of what they mean: eight
// requests are all that this package needs, and they are the same in every version of
// OpenSearch since 1.0.
type client struct {
	base  string
	where string // base without name and password, for messages
	user  *url.Userinfo
	http  *http.Client
}

// Bounds of one request. A query takes as long as its caller waits for it; answers
// have at most 10,000 hits without their texts, or 200 with them.
const (
	connectIn  = 10 * time.Second
	mostAnswer = 1 << 30 // bytes
)

func newClient(address string, h *http.Client) (*client, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, errors.New("the address of OpenSearch must be http://HOST:PORT or https://HOST:PORT")
	}
	if h == nil {
		t := http.DefaultTransport.(*http.Transport).Clone()
		t.MaxIdleConnsPerHost = 16
		t.TLSHandshakeTimeout = connectIn
		h = &http.Client{Transport: t}
	}
	c := &client{user: u.User, http: h}
	u.User = nil
	c.where = u.String()
	c.base = strings.TrimSuffix(c.where, "/") + "/"
	return c, nil
}

// A statusError is an answer of OpenSearch that is no success.
type statusError struct {
	status int
	reason string
}

func (e *statusError) Error() string {
	return fmt.Sprintf("OpenSearch answers %d %s: %s", e.status, http.StatusText(e.status), e.reason)
}

// missing reports whether err says that something is not there.
func missing(err error) bool {
	var s *statusError
	return errors.As(err, &s) && s.status == http.StatusNotFound
}

// busy reports whether err says that the same request may succeed a little later.
func busy(err error) bool {
	var s *statusError
	return errors.As(err, &s) && (s.status == http.StatusTooManyRequests || s.status == http.StatusServiceUnavailable)
}

// call sends body, written as JSON unless it is nil or a []byte of JSON lines, and
// reads the answer into answer, unless that is nil.
func (c *client) call(ctx context.Context, method, path string, body, answer any) error {
	var r io.Reader
	kind := "application/json"
	switch b := body.(type) {
	case nil:
	case []byte:
		r, kind = bytes.NewReader(b), "application/x-ndjson"
	default:
		text, err := json.Marshal(b)
		if err != nil {
			return err
		}
		r = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, r)
	if err != nil {
		return err
	}
	if r != nil {
		req.Header.Set("Content-Type", kind)
	}
	if c.user != nil {
		password, _ := c.user.Password()
		req.SetBasicAuth(c.user.Username(), password)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	in := io.LimitReader(resp.Body, mostAnswer)
	if resp.StatusCode >= 300 {
		text, err := io.ReadAll(io.LimitReader(in, 1<<20))
		return errors.Join(&statusError{resp.StatusCode, reasonIn(text)}, err)
	}
	if answer != nil {
		if err := json.NewDecoder(in).Decode(answer); err != nil {
			return fmt.Errorf("%s %s: answer of %s: %w", method, path, c.where, err)
		}
	}
	_, err = io.Copy(io.Discard, in) // so that the connection is used again
	return err
}

// reasonIn returns what an answer with an error says, at most 300 bytes of it.
func reasonIn(text []byte) string {
	var e struct {
		Error struct {
			Type   string `json:"type"`
			Reason string `json:"reason"`
			Causes []struct {
				Type   string `json:"type"`
				Reason string `json:"reason"`
			} `json:"root_cause"`
		} `json:"error"`
	}
	reason := string(text)
	if err := json.Unmarshal(text, &e); err == nil && e.Error.Type != "" {
		reason = e.Error.Type + ": " + e.Error.Reason
		if len(e.Error.Causes) > 0 && e.Error.Causes[0].Reason != e.Error.Reason {
			reason += ": " + e.Error.Causes[0].Type + ": " + e.Error.Causes[0].Reason
		}
	}
	return strings.ToValidUTF8(reason[:min(len(reason), 300)], "")
}
