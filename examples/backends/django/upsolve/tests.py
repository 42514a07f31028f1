import base64
import json
import time
from unittest.mock import patch

import requests
from django.contrib.auth import get_user_model
from django.test import TestCase
from yourapp.models import Membership

from .models import UpsolveTenant, role_changed

count = 0


def upsolve(url, json=None, **_):
    """Stands in for Upsolve's register call."""
    global count
    count += 1
    response = requests.Response()
    response.status_code = 200
    response._content = dumps({"data": {"token": create_token(count)}})
    upsolve.sent = json
    return response


def dumps(value):
    return json.dumps(value).encode()


def create_token(serial, life=3600):
    claims = {"serial": serial, "iat": int(time.time()), "exp": int(time.time()) + life}
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in (b"{}", dumps(claims), b"signature"))


@patch("requests.post", upsolve)
class UpsolveTests(TestCase):
    def setUp(self):
        self.user = get_user_model().objects.create(username="user")
        self.member = Membership.objects.create(user=self.user, tenant_id="acme", tenant_name="Acme")
        self.client.force_login(self.user)

    def ask(self, path, body="{}"):
        return self.client.post(f"/upsolve/tenant/{path}", body, content_type="application/json")

    def test_register_hands_out_a_token_of_the_sessions_own_tenant(self):
        answer = self.ask("register").json()
        self.assertEqual(answer["tenantId"], "acme")
        self.assertEqual(upsolve.sent["prefilters"], {"organization_id": "acme"})
        self.assertRegex(answer["expiresAt"], r"Z$")

    def test_register_keeps_a_token_and_refresh_mints(self):
        first = self.ask("register").json()["token"]
        self.assertEqual(self.ask("register").json()["token"], first)
        self.assertNotEqual(self.ask("refresh-token").json()["token"], first)

    def test_a_token_is_encrypted_at_rest(self):
        token = self.ask("register").json()["token"]
        kept = UpsolveTenant.objects.extra(select={"raw": "token"}).values_list("raw").get()
        self.assertNotIn(token.encode(), bytes(kept[0]))

    def test_another_tenant_is_refused_and_nothing_is_sent(self):
        before = count
        answer = self.ask("register", '{"tenantId": "globex"}')
        self.assertEqual((answer.status_code, answer.json()["code"], count), (409, "tenant_mismatch", before))

    def test_nobody_is_refused(self):
        self.client.logout()
        self.assertEqual(self.ask("register").status_code, 401)

    def test_permissions_are_known_by_the_tokens_hash(self):
        token = self.ask("register").json()["token"]
        ask = lambda bearer: self.client.get("/upsolve/permissions/tenant-settings/", HTTP_AUTHORIZATION=f"Bearer {bearer}")
        self.assertEqual(ask(token).json(), self.member.permissions)
        self.assertEqual(ask(token + "x").status_code, 401)
        UpsolveTenant.objects.update(expires_at="2020-01-01T00:00:00Z")
        self.assertEqual(ask(token).json()["code"], "token_expired")

    def test_a_change_of_role_is_told_once_and_changes_the_next_token(self):
        told = []
        receiver = lambda permissions, previous, **_: told.append((permissions, previous))
        role_changed.connect(receiver)
        self.addCleanup(role_changed.disconnect, receiver)
        analyst, viewer = self.member.permissions, {"drillDown": True}
        self.ask("register")
        Membership.objects.update(role="viewer")
        self.assertEqual(self.ask("register").json()["permissions"], viewer)
        self.ask("register")
        self.assertEqual(told, [(analyst, None), (viewer, analyst)])

    def test_what_upsolve_refuses_is_told_without_its_words(self):
        refused = requests.Response()
        refused.status_code, refused._content = 401, b'{"error": "Invalid API key", "apiKey": "secret"}'
        with patch("requests.post", return_value=refused):
            answer = self.ask("register")
        self.assertEqual((answer.status_code, answer.json()["code"]), (401, "invalid_api_key"))
        self.assertNotIn("secret", answer.content.decode())
