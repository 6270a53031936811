"""What a visitor does on each of the two sites."""

import os
import secrets
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from bench.client import Answer
from bench.load import NothingLeftError, RefusedError
from bench.questions import QUESTIONS, answers

if TYPE_CHECKING:
    from bench.load import Visitor

OK, FOUND = 200, 302
KEY_BYTES = 16


class Journal:
    """The receipts as visitors were promised them, on the disk before the next one is asked for."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("w", encoding="ascii", buffering=1)
        self.lock = threading.Lock()

    def note(self, code: str, *, is_synced: bool) -> None:
        with self.lock:
            self.file.write(code + "\n")
            if is_synced:
                os.fsync(self.file.fileno())

    def close(self) -> None:
        os.fsync(self.file.fileno())
        self.file.close()


def expect(answer: Answer, status: int) -> Answer:
    if answer.status != status:
        raise RefusedError(f"{answer.status} au lieu de {status}")
    return answer


class PortalSite:
    """One complete submission: the fifteen questions posted on their page, then the review sent."""

    def __init__(self, start: str, keys: Mapping[str, list[str]], journal: Journal | None = None) -> None:
        self.start = start
        self.keys = {name.partition(".")[2]: values for name, values in keys.items()}
        self.theme = next(iter(keys)).partition(".")[0]
        self.journal = journal
        self.is_synced = False

    def begin(self, visitor: "Visitor") -> str:
        """Who speaks: the draft's address."""
        visitor.somebody_else()
        key = secrets.token_urlsafe(KEY_BYTES)
        fields = [("brouillon", key), ("public", "public")]
        expect(visitor.timed("start", lambda: visitor.connection.post(self.start, fields)), FOUND)
        return f"{self.start}reponse/{key}/"

    def answer(self, visitor: "Visitor", draft: str) -> None:
        said = [(f"{self.theme}.{key}", value) for key, value in answers(self.keys, visitor.chance)]
        expect(visitor.timed("step", lambda: visitor.connection.post(f"{draft}etape/1/", said)), FOUND)
        review = [("citation", "on")]
        sent = expect(visitor.timed("send", lambda: visitor.connection.post(f"{draft}relire/", review)), FOUND)
        if self.journal:
            self.journal.note(sent.location.rstrip("/").rpartition("/")[2], is_synced=self.is_synced)

    def whole_way(self, visitor: "Visitor") -> None:
        """From the start page on."""
        self.answer(visitor, self.begin(visitor))

    def submit_from(self, drafts: list[str]):  # type: ignore[no-untyped-def]
        """Submissions from drafts that were begun before."""

        def act(visitor: "Visitor") -> None:
            visitor.somebody_else()
            try:
                draft = drafts.pop()
            except IndexError:
                raise NothingLeftError from None
            self.answer(visitor, draft)

        return act

    def page_of(self, draft: str):  # type: ignore[no-untyped-def]
        def act(visitor: "Visitor") -> None:
            expect(visitor.connection.get(f"{draft}etape/1/"), OK)

        return act


class MinimalSite:
    """The page carries a token, the form is posted with it, a row is written."""

    keys = {key: [str(place) for place in range(len(choices))] for _, key, _, choices in QUESTIONS}

    def page(self, visitor: "Visitor") -> None:
        expect(visitor.connection.get("/", visitor.cookie), OK)

    def submit(self, visitor: "Visitor") -> None:
        if not visitor.cookie:
            visitor.cookie = visitor.connection.get("/").cookie
        token = visitor.cookie.partition("=")[2]
        said = [("csrfmiddlewaretoken", token), *answers(self.keys, visitor.chance)]
        expect(visitor.timed("send", lambda: visitor.connection.post("/", said, visitor.cookie)), FOUND)
