"""Stands for your own app: who belongs to which tenant, and as what."""

from django.conf import settings
from django.db import models

ROLES = {
    "analyst": {"addFilter": True, "createChart": True, "editCharts": True, "drillDown": True},
    "viewer": {"drillDown": True},
}


class Membership(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    tenant_id = models.CharField(max_length=100)
    tenant_name = models.CharField(max_length=200)
    role = models.CharField(max_length=20, default="analyst")

    @property
    def permissions(self):
        return ROLES[self.role]
