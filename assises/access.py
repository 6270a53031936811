"""Who may open a view. Every view declares it; a view that does not is a build failure and a 404.

    @public                        anyone; sees what is published
    @prefecture("agent", "editor") staff of the prefecture named in the URL, in one of these roles
    @ministry("lead")              the ministry, in one of these roles
    @signed_in                     anybody with an account, whatever their rights: their own account pages
    @anyone                        no account needed and no tenant's data shown: login, error reports, health

`assises.accounts.gate` reads the declaration, authorises, and tells the database. All others get a 404.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from assises.tenancy.context import MINISTRY, PREFECTURE, PUBLIC

View = Callable[..., Any]


@dataclass(frozen=True)
class Access:
    """The declaration carried by a view."""

    audience: str
    roles: frozenset[str] = frozenset()
    needs_account: bool = False


def declare(access: Access) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def opened(*args: Any, **kwargs: Any) -> Any:
            return view(*args, **kwargs)

        opened.access = access  # type: ignore[attr-defined]
        return opened

    return decorate


anyone = declare(Access(""))
public = declare(Access(PUBLIC))
signed_in = declare(Access("", needs_account=True))


def prefecture(*roles: str) -> Callable[[View], View]:
    return declare(Access(PREFECTURE, frozenset(roles), needs_account=True))


def ministry(*roles: str) -> Callable[[View], View]:
    return declare(Access(MINISTRY, frozenset(roles), needs_account=True))


def access_of(view: View) -> Access | None:
    return getattr(view, "access", None)
