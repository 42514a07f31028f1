from django.urls import include, path

from yourapp.views import session

urlpatterns = [path("upsolve/", include("upsolve.urls")), path("session", session)]
