"""What is kept of a tenant's tokens: encrypted at rest, and known again by their hash."""

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings
from django.db import models
from django.dispatch import Signal

# Sent with `user`, `permissions` and `previous`, once for each change of a user's permissions.
role_changed = Signal()


def cipher():
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(settings.SECRET_KEY.encode()).digest()))


def digest(token):
    return hashlib.sha256(token.encode()).hexdigest()


class EncryptedField(models.BinaryField):
    def get_prep_value(self, value):
        return cipher().encrypt(value.encode())

    def from_db_value(self, value, *_):
        return cipher().decrypt(bytes(value)).decode()


class UpsolveTenant(models.Model):
    """One token that was handed out, and what it may do."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    tenant_id = models.CharField(max_length=100)
    permissions = models.JSONField()
    token = EncryptedField()
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(db_index=True)
