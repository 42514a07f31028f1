package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// startUpsolve stands in for Upsolve's register call, and gives the newest registration.
func startUpsolve(t *testing.T, status int) (sent *map[string]any) {
	sent = &map[string]any{}
	count := 0
	upsolve := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = json.NewDecoder(r.Body).Decode(sent)
		count++
		claims := fmt.Sprintf(`{"exp":%d,"jti":"%d"}`, time.Now().Add(time.Hour).Unix(), count)
		token := "e30." + base64.RawURLEncoding.EncodeToString([]byte(claims)) + ".signature"
		answer(w, status, map[string]any{"error": "secret", "data": map[string]string{"token": token}})
	}))
	t.Cleanup(upsolve.Close)
	t.Setenv("UPSOLVE_URL", upsolve.URL)
	return sent
}

// ask sends a request of a user of acme, and gives status and fields of the answer.
func ask(route http.HandlerFunc, method, body, bearer string) (int, map[string]any) {
	sessions.Store("key", member{"acme", "Acme", roles["analyst"]})
	request := httptest.NewRequest(method, "/", strings.NewReader(body))
	request.AddCookie(&http.Cookie{Name: "session", Value: "key"})
	request.Header.Set("Authorization", "Bearer "+bearer)
	recorder := httptest.NewRecorder()
	route(recorder, request)
	fields := map[string]any{}
	_ = json.Unmarshal(recorder.Body.Bytes(), &fields)
	return recorder.Code, fields
}

func TestATokenIsOfTheSessionsOwnTenant(t *testing.T) {
	sent := startUpsolve(t, 200)
	status, fields := ask(hand, "POST", "", "")
	filters, _ := (*sent)["prefilters"].(map[string]any)
	if status != 200 || fields["tenantId"] != "acme" || filters["organization_id"] != "acme" {
		t.Fatal(status, fields, *sent)
	}
	if status, _ := ask(permissions, "GET", "", fields["token"].(string)); status != 200 {
		t.Fatal("its permissions:", status)
	}
	if status, _ := ask(permissions, "GET", "", fields["token"].(string)+"x"); status != 401 {
		t.Fatal("a foreign Bearer:", status)
	}
}

func TestAnotherTenantIsRefusedAndNothingIsSent(t *testing.T) {
	sent := startUpsolve(t, 200)
	status, fields := ask(hand, "POST", `{"tenantId":"globex"}`, "")
	if status != 409 || fields["code"] != "tenant_mismatch" || len(*sent) > 0 {
		t.Fatal(status, fields, *sent)
	}
}

func TestWhatUpsolveRefusesIsToldWithoutItsWords(t *testing.T) {
	startUpsolve(t, 401)
	status, fields := ask(hand, "POST", "", "")
	if status != 401 || fields["code"] != "invalid_api_key" || strings.Contains(fmt.Sprint(fields), "secret") {
		t.Fatal(status, fields)
	}
}
