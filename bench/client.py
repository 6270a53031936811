"""A browser reduced to a socket: one connection kept open, requests written by hand, so that it hardly costs."""

import socket
from dataclasses import dataclass
from urllib.parse import urlencode

END = b"\r\n\r\n"
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    cookie: str
    body: bytes


class Connection:
    """HTTP/1.1 to one port of this machine, as the visitor whose address is `address`."""

    def __init__(self, port: int, address: str = "10.0.0.1", timeout: float = 30.0) -> None:
        self.port, self.address, self.timeout = port, address, timeout
        self.socket: socket.socket | None = None
        self.rest = b""

    def get(self, path: str, cookie: str = "") -> Answer:
        return self._ask(self._head("GET", path, cookie) + b"\r\n")

    def post(self, path: str, fields: list[tuple[str, str]], cookie: str = "") -> Answer:
        body = urlencode(fields).encode()
        head = self._head("POST", path, cookie)
        facts = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        return self._ask(head + facts.encode() + body)

    def close(self) -> None:
        if self.socket:
            self.socket.close()
        self.socket, self.rest = None, b""

    def _head(self, method: str, path: str, cookie: str) -> bytes:
        lines = f"{method} {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\nX-Forwarded-For: {self.address}\r\n"
        lines += "User-Agent: Mozilla/5.0 (bench)\r\nAccept-Encoding: gzip\r\nSec-Fetch-Site: same-origin\r\n"
        return (lines + (f"Cookie: {cookie}\r\n" if cookie else "")).encode()

    def _ask(self, request: bytes) -> Answer:
        """Once more on a new connection when the server had closed the old one before it read anything."""
        is_new = self.socket is None
        try:
            return self._exchange(request)
        except (ConnectionError, EOFError):
            self.close()
            if is_new:
                raise
            return self._exchange(request)

    def _exchange(self, request: bytes) -> Answer:
        if self.socket is None:
            self.socket = socket.create_connection((HOST, self.port), timeout=self.timeout)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(request)
        data = self.rest
        while END not in data:
            data += self._more()
        head, _, body = data.partition(END)
        facts = facts_of(head)
        length = int(facts.get("content-length", "0"))
        while len(body) < length:
            body += self._more()
        self.rest = body[length:]
        if facts.get("connection") == "close":
            self.close()
        status = int(head[9:12])
        cookie = facts.get("set-cookie", "").partition(";")[0]
        return Answer(status, facts.get("location", ""), cookie, body[:length])

    def _more(self) -> bytes:
        assert self.socket is not None  # noqa: S101 (opened above)
        found = self.socket.recv(65536)
        if not found:
            raise EOFError
        return found


def facts_of(head: bytes) -> dict[str, str]:
    """The answer's headers, names in small letters."""
    lines = head.decode("latin-1").split("\r\n")[1:]
    return {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
