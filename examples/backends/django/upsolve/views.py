"""The three routes. The session alone decides whose data a token shows."""

import base64
import json
from datetime import datetime, timedelta, timezone

import requests
from django.conf import settings
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from yourapp.models import Membership

from .models import UpsolveTenant, digest, role_changed

# What Upsolve refuses, as the page is told it. Upsolve's own text may hold the key.
REFUSALS = {400: (422, "invalid_tenant_configuration"), 401: (401, "invalid_api_key"), 429: (429, "rate_limited")}


@csrf_exempt  # The session's cookie is SameSite=Lax: no other site can send it with a POST.
@never_cache
def register(request, keeps=timedelta(minutes=30)):
    """A kept token that has so much time left, or a new one."""
    if request.method != "POST":
        return fail(405, "not_found", "Use POST.")
    if not request.user.is_authenticated:
        return fail(401, "unauthenticated", "Not signed in")
    try:
        asked = dict(json.loads(request.body or "{}"))
    except (TypeError, ValueError):
        return fail(400, "invalid_tenant_configuration", "The body is no JSON object.")
    member = Membership.objects.get(user=request.user)
    if str(asked.get("tenantId", member.tenant_id)) != member.tenant_id:
        return fail(409, "tenant_mismatch", "The session is of another tenant.")
    mine = UpsolveTenant.objects.filter(user=request.user, tenant_id=member.tenant_id).order_by("-id")
    flags, last = member.permissions, mine.first()
    try:
        tenant = keeps and mine.filter(permissions=flags, expires_at__gt=now() + keeps).first() or mint(member)
    except requests.HTTPError as error:
        status, code = REFUSALS.get(error.response.status_code, (502, "server"))
        return fail(status, code, "Upsolve refused to register the tenant.")
    except (requests.RequestException, KeyError, ValueError):
        return fail(502, "server", "Upsolve handed out no token.")
    if last is None or last.permissions != flags:
        role_changed.send(UpsolveTenant, user=request.user, permissions=flags, previous=last and last.permissions)
    times = {"expiresAt": tenant.expires_at, "serverTime": now()}
    left = {"expiresIn": int((tenant.expires_at - now()).total_seconds())}
    return JsonResponse({"token": tenant.token, "tenantId": member.tenant_id, "permissions": flags, **times, **left})


@csrf_exempt
@never_cache
def refresh(request):
    return register(request, keeps=None)


@never_cache
def permissions(request):
    """A Bearer is known by its hash: nobody but Upsolve can verify it."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    tenant = UpsolveTenant.objects.filter(token_hash=digest(token)).first() if scheme == "Bearer" else None
    if not tenant:
        return fail(401, "unauthenticated", "This token was not handed out here.")
    return JsonResponse(tenant.permissions) if tenant.expires_at > now() else fail(401, "token_expired", "Token expired")


def mint(member):
    """Upsolve's register call, which is the refresh too."""
    scope = {"displayName": member.tenant_name, "prefilters": {"organization_id": member.tenant_id}}
    body = {"apiKey": settings.UPSOLVE_API_KEY, **scope, "tenantEditingPermissions": member.permissions}
    url = f"{settings.UPSOLVE_URL}/v1/api/tenant/register-tenant"
    response = requests.post(url, json=body, timeout=8, allow_redirects=False)
    response.raise_for_status()
    token = response.json()["data"]["token"]
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    UpsolveTenant.objects.filter(expires_at__lt=now() - timedelta(days=1)).delete()
    return UpsolveTenant.objects.create(
        user=member.user,
        tenant_id=member.tenant_id,
        permissions=member.permissions,
        token=token,
        token_hash=digest(token),
        expires_at=datetime.fromtimestamp(claims["exp"], timezone.utc),
    )


def now():
    return datetime.now(timezone.utc)


def fail(status, code, error):
    return JsonResponse({"error": error, "code": code}, status=status)
