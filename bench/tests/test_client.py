"""The reduced browser, against a server of the standard library."""

import random
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.client import Connection, facts_of
from bench.load import RefusedError, at_once, each_second
from bench.questions import QUESTIONS, answers


class Site(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer(200, b"bonjour")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(302, body, Location="/merci/")

    def answer(self, status, body, **more):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), "Set-Cookie": "jeton=1; Path=/", **more}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Silently."""


@pytest.fixture
def port():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_one_connection_serves_several_requests(port):
    connection = Connection(port)
    assert connection.get("/").body == b"bonjour"
    sent = connection.post("/", [("a", "é & b")])
    assert (sent.status, sent.location, sent.cookie) == (302, "/merci/", "jeton=1")
    assert sent.body == b"a=%C3%A9+%26+b"
    connection.close()


def test_headers_have_one_spelling():
    assert facts_of(b"HTTP/1.1 200 OK\r\nContent-LENGTH: 3\r\nX: a:b") == {"content-length": "3", "x": "a:b"}


def test_load_counts_what_was_done_and_what_went_wrong(port):
    def act(visitor):
        visitor.timed("get", lambda: visitor.connection.get("/"))
        if visitor.outcome.done == 2:
            visitor.outcome.done += 1
            raise RefusedError("trois")

    found = at_once(port, act, visitors=2, seconds=0.2)
    assert found.done > 2
    assert found.troubles["RefusedError trois"] == 2
    assert len(found.latencies["get"]) == found.done


def test_a_rate_is_kept(port):
    found = each_second(port, lambda visitor: visitor.connection.get("/"), rate=50, visitors=4, seconds=0.4)
    assert found.done == 20
    assert 0.35 < found.seconds < 3


def test_somebody_answers_every_question():
    keys = {key: [str(n) for n in range(len(choices))] for _, key, _, choices in QUESTIONS}
    said = answers(keys, random.Random(1))
    assert {key for key, _ in said} == {key for _, key, _, _ in QUESTIONS}
