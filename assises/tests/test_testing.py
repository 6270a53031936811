"""The tools that other tests lean on."""

import pytest
from django.test import Client

from assises.accounts.models import Prefecture
from assises.tenancy.context import as_prefecture
from assises.testing import statements


@pytest.mark.django_db
def test_statements_are_counted_without_their_bookkeeping():
    with statements() as asked, as_prefecture("02"):
        Prefecture.objects.get(code="02")
    assert len(asked) == 1
    assert "accounts_prefecture" in asked[0]


@pytest.mark.django_db
def test_alive_asks_no_statement():
    with statements() as asked:
        Client().get("/sante/")
    assert asked == []
