"""Who runs this portal, as the law asks them to say. What they have not said is shown as missing, never invented."""

from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings


@dataclass(frozen=True)
class Operator:
    publisher: str
    director: str
    host: str
    accessibility_email: str


def operator() -> Operator:
    """From PUBLISHER, PUBLICATION_DIRECTOR, HOST_OF_SITE and ACCESSIBILITY_EMAIL, where they are set."""
    return Operator(
        publisher=getattr(settings, "PUBLISHER", ""),
        director=getattr(settings, "PUBLICATION_DIRECTOR", ""),
        host=getattr(settings, "HOST_OF_SITE", ""),
        accessibility_email=getattr(settings, "ACCESSIBILITY_EMAIL", "") or parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
    )
