"""Who, and for which prefecture."""

from .geography import Arrondissement, Commune, Prefecture
from .people import User
from .rights import Delegation, Invitation, Membership, Role
from .trail import StateChange

__all__ = [
    "Arrondissement",
    "Commune",
    "Delegation",
    "Invitation",
    "Membership",
    "Prefecture",
    "Role",
    "StateChange",
    "User",
]
