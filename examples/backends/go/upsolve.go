package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

type flags map[string]bool

// member is who is asking, as your own session knows it.
type member struct {
	TenantID, TenantName string
	Permissions          flags
}

type tenant struct {
	Permissions flags
	ends        time.Time
}

// A refusal is a status and a code.
type refusal struct {
	status int
	code   string
}

// A token is known again by its hash: nobody but Upsolve can verify it.
var (
	handedOut = map[[32]byte]tenant{}
	lock      sync.Mutex
	// What Upsolve refuses, as the page is told it. Upsolve's own text may hold the key.
	refusals = map[int]refusal{400: {422, "invalid_tenant_configuration"}, 401: {401, "invalid_api_key"}, 429: {429, "rate_limited"}}
	// A redirect that is followed would take the key to another host.
	client = http.Client{Timeout: 8 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
)

// hand answers both routes: each token is a new one, so nothing is kept but its hash.
func hand(w http.ResponseWriter, r *http.Request) {
	who := findMember(r)
	var asked struct{ TenantID *string }
	switch err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16)).Decode(&asked); {
	case r.Method != http.MethodPost:
		fail(w, 405, "not_found", "Use POST.")
	case who == nil:
		fail(w, 401, "unauthenticated", "Not signed in")
	case err != nil && err != io.EOF:
		fail(w, 400, "invalid_tenant_configuration", "The body is no JSON object.")
	case asked.TenantID != nil && *asked.TenantID != who.TenantID:
		fail(w, 409, "tenant_mismatch", "The session is of another tenant.")
	default:
		token, ends, status := mint(who)
		if token == "" {
			known, ok := refusals[status]
			if !ok {
				known = refusal{502, "server"}
			}
			fail(w, known.status, known.code, "Upsolve handed out no token.")
			return
		}
		now := time.Now().UTC()
		answer(w, 200, map[string]any{"token": token, "tenantId": who.TenantID, "permissions": who.Permissions,
			"expiresAt": ends, "expiresIn": int(ends.Sub(now).Seconds()), "serverTime": now})
	}
}

// mint is Upsolve's register call, which is the refresh too. It returns Upsolve's status where no token came.
func mint(who *member) (token string, ends time.Time, status int) {
	body, _ := json.Marshal(map[string]any{"apiKey": os.Getenv("UPSOLVE_API_KEY"), "displayName": who.TenantName,
		"prefilters": map[string]string{"organization_id": who.TenantID}, "tenantEditingPermissions": who.Permissions})
	response, err := client.Post(upsolveURL()+"/v1/api/tenant/register-tenant", "application/json", bytes.NewReader(body))
	if err != nil {
		return "", ends, 0
	}
	defer response.Body.Close()
	var registered struct{ Data struct{ Token string } }
	var claims struct{ Exp int64 }
	_ = json.NewDecoder(io.LimitReader(response.Body, 1<<20)).Decode(&registered)
	parts := strings.Split(registered.Data.Token, ".")
	if response.StatusCode != 200 || len(parts) != 3 {
		return "", ends, response.StatusCode
	}
	payload, _ := base64.RawURLEncoding.DecodeString(parts[1])
	_ = json.Unmarshal(payload, &claims)
	ends = time.Unix(claims.Exp, 0).UTC()
	lock.Lock()
	defer lock.Unlock()
	for key, old := range handedOut {
		if time.Since(old.ends) > 10*time.Minute {
			delete(handedOut, key)
		}
	}
	handedOut[sha256.Sum256([]byte(registered.Data.Token))] = tenant{who.Permissions, ends}
	return registered.Data.Token, ends, 200
}

func permissions(w http.ResponseWriter, r *http.Request) {
	lock.Lock()
	known, ok := handedOut[sha256.Sum256([]byte(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")))]
	lock.Unlock()
	if !ok {
		fail(w, 401, "unauthenticated", "This token was not handed out here.")
	} else if known.ends.Before(time.Now()) {
		fail(w, 401, "token_expired", "Token expired")
	} else {
		answer(w, 200, known.Permissions)
	}
}

func fail(w http.ResponseWriter, status int, code, message string) {
	answer(w, status, map[string]string{"error": message, "code": code})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "private, no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
