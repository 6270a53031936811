"""In whose name the demo's exercises are launched."""

from assises.accounts.models import Membership, User
from assises.tenancy.context import as_ministry


def demo_lead() -> User:
    with as_ministry():
        return Membership.objects.for_prefecture(None).filter(role="lead").select_related("user").earliest("pk").user
