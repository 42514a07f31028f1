from django.urls import path

from . import views

urlpatterns = [
    path("tenant/register", views.register),
    path("tenant/refresh-token", views.refresh),
    path("permissions/tenant-settings/", views.permissions),
]
