"""What people do in the stories: who they are, which button they press."""

from typing import Any

from playwright.sync_api import Page

from assises.accounts.models import Membership, User
from assises.tenancy.context import as_ministry, as_prefecture


def somebody(role: str, code: str) -> User:
    """Of the demo: in that department, or in the ministry."""
    prefecture = None if role in {"lead", "reader"} else code
    with as_prefecture(code) if prefecture else as_ministry():
        return Membership.objects.filter(prefecture=prefecture, role=role).select_related("user").earliest("pk").user


def press(page: Page, label: Any) -> None:
    """The button, or the link that looks like one."""
    page.get_by_role("button", name=label).or_(page.get_by_role("link", name=label, exact=True)).first.click()
