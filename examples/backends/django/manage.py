"""`python manage.py start` makes the tables and serves on PORT, or 8000; the rest is Django's own."""

import os
import sys

import django
from django.core.management import call_command, execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
if sys.argv[1:] == ["start"]:
    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("runserver", f"127.0.0.1:{os.environ.get('PORT', '8000')}", use_reloader=False)
else:
    execute_from_command_line(sys.argv)
