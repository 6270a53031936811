"""Whoever has a receipt code has the contribution: none is ever written to a log."""

import json
import logging
import sys

import pytest
from django.test import Client

from assises.logs import JsonFormatter, PlainFormatter, scrub

CODE = "02-7KQF-M3XD-9R2T"


@pytest.mark.parametrize("code", [CODE, "2A-ABCD-EFGH", "974-7kqf-m3xd-9r2t-xxxx"])
def test_a_code_is_scrubbed(code):
    assert scrub(f"GET /contribution/{code}/ 200") == "GET /contribution/[code]/ 200"


@pytest.mark.parametrize("text", ["2026-11-21 06:12", "03 23 21 82 82", "UTF-8", "2026-0042-AAAA"])
def test_what_is_no_code_stays(text):
    assert scrub(text) == text


@pytest.mark.parametrize("formatter", [PlainFormatter(), JsonFormatter()])
def test_messages_and_traces_are_scrubbed(formatter):
    try:
        raise ValueError(CODE)
    except ValueError:
        record = logging.LogRecord("essai", logging.ERROR, "x.py", 1, "code %s", (CODE,), sys.exc_info())
    written = formatter.format(record)
    assert "[code]" in written
    assert CODE not in written


def test_production_logs_are_one_object_a_line():
    record = logging.LogRecord("essai", logging.INFO, "x.py", 1, "deux\nlignes", (), None)
    (line,) = JsonFormatter().format(record).split("\n")
    assert json.loads(line)["message"] == "deux\nlignes"


@pytest.mark.django_db
def test_a_request_is_logged_by_its_route_and_never_by_its_address(caplog):
    with caplog.at_level(logging.INFO, logger="assises.access"):
        Client().get(f"/compte/invitation/{CODE}/?code={CODE}")
    assert "/compte/invitation/<str:link>/" in caplog.text
    assert CODE not in caplog.text
