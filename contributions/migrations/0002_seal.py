from django.db import migrations

from assises.tenancy.seal import AUDIENCE, HOLDER, TENANT, Seal
from contributions.log.migration import ListUnsealed


class SealDraft(Seal):
    """Whoever holds the key of a draft also changes it and takes it away; nobody else but the prefecture's jobs."""

    def additions(self):
        held = f"{AUDIENCE} = 'public' AND {self.tenant} = {TENANT} AND {self.holder} = {HOLDER}"
        return [*super().additions(), ("holders_changes", "UPDATE", held), ("holders_removals", "DELETE", held)]

    def statements(self, model):
        # A removal has no row to check afterwards.
        return [sql.split(" WITH CHECK")[0] if "FOR DELETE" in sql else sql for sql in super().statements(model)]


class Migration(migrations.Migration):
    dependencies = [("contributions", "0001_contributions_and_log"), ("consultations", "0002_seal")]

    operations = [
        # The public adds and reads back what it holds the code of; the ministry never reads any of it.
        Seal("Contribution", "private", public_inserts=True, holder="receipt_hash"),
        Seal("Statement", "private", public_inserts=True, holder="receipt_hash"),
        SealDraft("Draft", "private", public_inserts=True, holder="key_hash"),
        Seal("LogEntry", "published", when="true", public_inserts=True, append_only=True),
        Seal("Leaf", "published", when="true", append_only=True),
        Seal("Checkpoint", "published", when="true", append_only=True),
        ListUnsealed(),
    ]
