from django.db import migrations

from assises.jobs.migration import ListDue
from assises.tenancy.seal import Seal


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_mail")]

    operations = [Seal("OutboundMail", "private"), ListDue("OutboundMail")]
