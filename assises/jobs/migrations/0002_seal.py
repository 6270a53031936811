from django.db import migrations

from assises.tenancy.seal import Seal


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_progress_and_heartbeat")]

    operations = [Seal("Progress", "private")]
