"""A content becomes a PDF/UA-1."""

from pathlib import Path
from typing import Any

from assises.look.typeset import MEDIA_TYPE, DocumentError, fonts, tagged_pdf

__all__ = ["MEDIA_TYPE", "DocumentError", "fonts", "pdf"]
TEMPLATE = Path(__file__).with_name("synthesis.typ")


def pdf(content: dict[str, Any]) -> bytes:
    """The tagged PDF of a content (`Content.as_data()`)."""
    return tagged_pdf(TEMPLATE, content)
