"""A visit: one page in one state, looked at by somebody."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assises.accounts.models import Membership, Prefecture
from assises.tenancy.context import as_ministry, as_prefecture

HERE = "02"


@dataclass(frozen=True)
class Visit:
    """Who looks (somebody of the demo in that role), with which values in the address, which answer is expected."""

    name: str
    role: str = ""
    state: str = ""
    given: Callable[[], dict[str, Any]] = dict
    query: str = ""
    status: int = 200
    code: str = HERE

    @property
    def label(self) -> str:
        return "-".join(part for part in (self.name, self.role, self.state) if part)


def person_of(visit: Visit) -> Any:
    """Somebody of the demo in this role: of the visit's department, or of the ministry."""
    if not visit.role:
        return None
    is_ministry = visit.role in {"lead", "reader"}
    prefecture = None if is_ministry else Prefecture.objects.get(code=visit.code)
    with as_ministry() if is_ministry else as_prefecture(prefecture):
        team = Membership.objects.for_prefecture(prefecture).select_related("user")
        return team.filter(role=visit.role).earliest("pk").user
