from django.db import migrations

from assises.tenancy.seal import Seal


class Migration(migrations.Migration):
    dependencies = [("consultations", "0001_campaigns_and_consultations"), ("accounts", "0002_seal")]

    operations = [
        # The ministry launched it and follows how far it is; what is said in it, it never reads.
        Seal("Consultation", "published", when="published_at IS NOT NULL", ministry_reads="true"),
        Seal("ConsultationEvent", "private", append_only=True),
        Seal("Theme", "private"),
        Seal("Question", "private"),
        Seal("QuestionnaireVersion", "published", when="true", append_only=True),
    ]
