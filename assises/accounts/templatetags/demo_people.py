"""Who can log in as what, for the login page of the demo."""

from itertools import groupby
from typing import Any

from django import template
from django.conf import settings

from assises.accounts.demo_people import PASSWORD, people

register = template.Library()

SHOWN_AT_ONCE = 2  # the ministry and one prefecture


@register.inclusion_tag("accounts/public/demo_logins.html")
def demo_logins() -> dict[str, Any]:
    """Nothing at all outside the demo."""
    if not settings.DEMO:
        return {"first": []}
    places = [(place, list(group)) for place, group in groupby(people(), key=lambda person: person.place)]
    return {"first": places[:SHOWN_AT_ONCE], "others": places[SHOWN_AT_ONCE:], "password": PASSWORD}
