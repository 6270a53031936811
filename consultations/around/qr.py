"""QR codes for posters: SVG for those who print well, PNG for those who paste into a text. Black on white, no style."""

import struct
import zlib

import qrcode
from django.utils.html import escape
from qrcode.constants import ERROR_CORRECT_Q

QUIET = 4  # the white edge that a camera needs, in modules
PIXELS = 20  # a module, in the PNG


def modules(text: str) -> list[list[bool]]:
    """Dark where true, with the quiet edge; a quarter may be torn or stained."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    return code.get_matrix()


def svg(text: str, *, title: str) -> str:
    """One path, runs of dark modules joined."""
    rows = modules(text)
    size = len(rows)
    runs = "".join(f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in runs_of(row))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="40mm" height="40mm" role="img"'
        f' shape-rendering="crispEdges"><title>{escape(title)}</title>'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path fill="#000" d="{runs}"/></svg>'
    )


def runs_of(row: list[bool]) -> list[tuple[int, int]]:
    found, start = [], None
    for x, dark in enumerate([*row, False]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            found.append((start, x - start))
            start = None
    return found


def png(text: str) -> bytes:
    """Two tones, 8 pixels a byte; large enough for a page of A4."""
    lines = bytearray()
    for row in modules(text):
        bits = "".join(("0" if dark else "1") * PIXELS for dark in row)
        bits += "1" * (-len(bits) % 8)
        line = b"\x00" + int(bits, 2).to_bytes(len(bits) // 8, "big")
        lines += line * PIXELS
    side = len(modules(text)) * PIXELS
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(lines), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


def smallest_print(text: str) -> int:
    """The side, in millimetres, under which a telephone at arm's length fails: about 0.8 mm a module."""
    return max(25, round(len(modules(text)) * 0.8))
