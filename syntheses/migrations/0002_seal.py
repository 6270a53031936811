from django.db import migrations

from assises.jobs.migration import ListDue
from assises.tenancy.seal import Seal

WAS_TRANSMITTED = "EXISTS (SELECT FROM syntheses_transmission t WHERE t.document_id = syntheses_document.id)"


class Migration(migrations.Migration):
    dependencies = [("syntheses", "0001_syntheses"), ("consultations", "0002_seal")]

    operations = [
        # The ministry answers what was transmitted to it: it reads and moves those rows, and sees how far the others are.
        Seal("Synthesis", "issued", when="transmitted_at IS NOT NULL", ministry_reads="true"),
        Seal("Build", "private"),
        ListDue("Build"),
        Seal("Transmission", "transmitted", when="true", append_only=True),
        Seal("Document", "transmitted", when=WAS_TRANSMITTED, append_only=True),
    ]
