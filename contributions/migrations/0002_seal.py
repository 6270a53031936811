from django.db import migrations

from assises.tenancy.seal import Seal
from contributions.log.migration import ListUnsealed


class Migration(migrations.Migration):
    dependencies = [("contributions", "0001_contributions_and_log"), ("consultations", "0002_seal")]

    operations = [
        # The public adds and reads back what it holds the code of; the ministry never reads any of it.
        Seal("Contribution", "private", public_inserts=True, holder="receipt_hash"),
        Seal("Statement", "private", public_inserts=True, holder="receipt_hash"),
        Seal("Draft", "private", public_inserts=True, holder="key_hash", holder_writes=True),
        Seal("LogEntry", "published", when="true", public_inserts=True, append_only=True),
        Seal("Leaf", "published", when="true", append_only=True),
        Seal("Checkpoint", "published", when="true", append_only=True),
        ListUnsealed(),
    ]
