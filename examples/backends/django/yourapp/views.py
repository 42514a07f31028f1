"""Stands for your own sign-in, so that there is a session to try: any name is a user. Take it out."""

import json

from django.contrib.auth import get_user_model, login, logout
from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt

from .models import ROLES, Membership


@csrf_exempt
def session(request):
    asked = json.loads(request.body or "{}")
    role = asked["role"] if asked.get("role") in ROLES else "analyst"
    if request.method == "POST":
        tenant = asked["tenantId"]
        user, _ = get_user_model().objects.get_or_create(username=f"user of {tenant}")
        names = {"tenant_id": tenant, "tenant_name": tenant.title()}
        Membership.objects.update_or_create(user=user, defaults={**names, "role": role})
        login(request, user)
    elif request.method == "PATCH" and request.user.is_authenticated:
        Membership.objects.filter(user=request.user).update(role=role)
    elif request.method == "DELETE":
        logout(request)
    return JsonResponse({})
