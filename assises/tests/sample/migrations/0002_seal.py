from django.db import migrations

from assises.jobs.migration import ListDue
from assises.tenancy.seal import Seal


class Migration(migrations.Migration):
    dependencies = [("sample", "0001_sample")]

    operations = [
        Seal("Note", "private"),
        Seal("Notice", "published", when="published_at IS NOT NULL"),
        Seal("Report", "transmitted", when="transmitted_at IS NOT NULL", append_only=True),
        Seal("Chore", "private"),
        Seal("Effect", "private"),
        ListDue("Chore"),
    ]
