// Stands for your own app: its server, its sign-in and its roles. Take the sign-in out.
package main

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"log"
	"net/http"
	"os"
	"sync"
)

var roles = map[string]flags{
	"analyst": {"addFilter": true, "createChart": true, "editCharts": true, "drillDown": true},
	"viewer":  {"drillDown": true},
}

// sessions holds who is signed in, by a cookie.
var sessions sync.Map

// findMember is nil where nobody is signed in.
func findMember(r *http.Request) *member {
	cookie, err := r.Cookie("session")
	if err != nil {
		return nil
	}
	if found, ok := sessions.Load(cookie.Value); ok {
		who := found.(member)
		return &who
	}
	return nil
}

func session(w http.ResponseWriter, r *http.Request) {
	var asked struct{ TenantID, Role string }
	_ = json.NewDecoder(r.Body).Decode(&asked)
	permissions, ok := roles[asked.Role]
	if !ok {
		permissions = roles["analyst"]
	}
	cookie, _ := r.Cookie("session")
	switch who := findMember(r); {
	case r.Method == http.MethodPost:
		random := make([]byte, 16)
		_, _ = rand.Read(random)
		key := hex.EncodeToString(random)
		sessions.Store(key, member{asked.TenantID, asked.TenantID, permissions})
		http.SetCookie(w, &http.Cookie{Name: "session", Value: key, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	case r.Method == http.MethodPatch && who != nil:
		sessions.Store(cookie.Value, member{who.TenantID, who.TenantName, permissions})
	case r.Method == http.MethodDelete && who != nil:
		sessions.Delete(cookie.Value)
	}
	answer(w, 200, map[string]any{})
}

func upsolveURL() string {
	if url := os.Getenv("UPSOLVE_URL"); url != "" {
		return url
	}
	return "https://api.upsolve.ai"
}

func main() {
	http.HandleFunc("/upsolve/tenant/register", hand)
	http.HandleFunc("/upsolve/tenant/refresh-token", hand)
	http.HandleFunc("/upsolve/permissions/tenant-settings/", permissions)
	http.HandleFunc("/session", session)
	port := os.Getenv("PORT")
	if port == "" {
		port = "8000"
	}
	log.Fatal(http.ListenAndServe("127.0.0.1:"+port, nil))
}
