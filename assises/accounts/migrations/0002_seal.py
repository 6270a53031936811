from django.db import migrations

from assises.tenancy.seal import Reference, Seal


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_people_and_prefectures")]

    operations = [
        Seal("Prefecture", "self", tenant="code"),
        Seal("PrefectureEvent", "private", tenant="code", append_only=True),
        Reference("Arrondissement"),
        Reference("Commune"),
        Seal("Membership", "membership"),
        Seal("MembershipEvent", "private", append_only=True),
        Seal("Delegation", "private"),
        Seal("DelegationEvent", "private", append_only=True),
        Seal("Invitation", "issued", when="by_ministry"),
        Seal("StateChange", "issued", when="by_ministry", append_only=True),
    ]
