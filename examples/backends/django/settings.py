import os
from pathlib import Path

# Kept tokens are encrypted under it. Where none is given, one is made at the first start.
KEY_FILE = Path(__file__).with_name("secret-key.txt")
if "SECRET_KEY" not in os.environ and not KEY_FILE.exists():
    KEY_FILE.write_text(os.urandom(32).hex())
SECRET_KEY = os.environ.get("SECRET_KEY") or KEY_FILE.read_text()

DEBUG = False
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1").split(",")
ROOT_URLCONF = "urls"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "yourapp", "upsolve"]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ.get("DATABASE", "db.sqlite3")}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True  # Dates without a zone are refused by the page.

UPSOLVE_API_KEY = os.environ.get("UPSOLVE_API_KEY", "")
UPSOLVE_URL = os.environ.get("UPSOLVE_URL", "https://api.upsolve.ai")
