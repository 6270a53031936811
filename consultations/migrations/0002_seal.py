from django.db import migrations

from assises.jobs.migration import ListDue
from assises.tenancy.seal import Seal

# A row is as public as its consultation.
IS_PUBLISHED = (
    "EXISTS (SELECT FROM consultations_consultation c WHERE c.prefecture_id = %(table)s.prefecture_id"
    " AND c.id = consultation_id AND c.published_at IS NOT NULL)"
)


def once_published(model_name):
    return Seal(model_name, "published", when=IS_PUBLISHED % {"table": f"consultations_{model_name.lower()}"})


class Migration(migrations.Migration):
    dependencies = [("consultations", "0001_campaigns_and_consultations"), ("accounts", "0002_seal")]

    operations = [
        # The ministry launched it and follows how far it is; what is said in it, it never reads.
        Seal("Consultation", "published", when="published_at IS NOT NULL", ministry_reads="true"),
        Seal("ConsultationEvent", "private", append_only=True),
        Seal("Theme", "private"),
        Seal("Question", "private"),
        Seal("QuestionnaireVersion", "published", when="true", append_only=True),
        once_published("Place"),
        once_published("Attachment"),
        Seal("Partner", "private", holder="key_hash"),
        Seal("Extension", "published", when="true", append_only=True),
        Seal("Announcement", "published", when="true"),
        ListDue("Announcement"),
        Seal("Follower", "private", public_inserts=True, holder="key_hash", holder_writes=True),
        Seal("ShortLink", "published", when="true"),
        Seal("Passing", "private", public_inserts=True),
    ]
