"""Files that staff offer: at most 20 MB, of a few kinds that are told by what is in them, not by their names."""

import io
import re
import zipfile
from pathlib import PurePath
from typing import Any

from django import forms

from consultations.models.national import LARGEST_BYTES

LONGEST_NAME = 120
PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
OPEN_XML = "application/vnd.openxmlformats-officedocument."
BEGINNINGS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
INSIDE = {
    "word/document.xml": f"{OPEN_XML}wordprocessingml.document",
    "xl/workbook.xml": f"{OPEN_XML}spreadsheetml.sheet",
}
OPEN_KINDS = {f"{OPEN_DOCUMENT}text", f"{OPEN_DOCUMENT}spreadsheet"}
ENDINGS = {
    PDF: ".pdf",
    PNG: ".png",
    JPEG: ".jpg",
    f"{OPEN_DOCUMENT}text": ".odt",
    f"{OPEN_DOCUMENT}spreadsheet": ".ods",
    INSIDE["word/document.xml"]: ".docx",
    INSIDE["xl/workbook.xml"]: ".xlsx",
}
ACCEPTED = ".pdf,.odt,.docx,.ods,.xlsx,.png,.jpg,.jpeg"
TOO_LARGE = "Ce fichier dépasse 20\u00a0Mo. Allégez-le, ou partagez-le en plusieurs documents."
EMPTY = "Ce fichier est vide. Choisissez-en un autre."
UNKNOWN = "Ce fichier n’est pas d’un type accepté. Choisissez un PDF, ODT, DOCX, ODS, XLSX, PNG ou JPEG."
WITH_PROGRAMS = "Ce document contient des macros. Enregistrez-le sans macros, ou en PDF."


class UnreadableFileError(Exception):
    """Not accepted; the text says why and what to do."""


def read_upload(upload: Any) -> tuple[str, str, bytes]:
    """Name, type and content of a file that can be offered; the name ends as its content asks."""
    if upload.size > LARGEST_BYTES:
        raise UnreadableFileError(TOO_LARGE)
    content = upload.read()
    if not content:
        raise UnreadableFileError(EMPTY)
    media_type = type_of(content)
    return clean_name(upload.name, media_type), media_type, content


def type_of(content: bytes) -> str:
    """What it is, from its bytes."""
    for beginning, media_type in BEGINNINGS:
        if content.startswith(beginning):
            return media_type
    if content.startswith(b"PK\x03\x04"):
        return type_in_archive(content)
    raise UnreadableFileError(UNKNOWN)


def type_in_archive(content: bytes) -> str:
    """Office documents are archives. Nothing but one small name is ever unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if any(name.endswith("vbaProject.bin") for name in names):
                raise UnreadableFileError(WITH_PROGRAMS)
            for name, media_type in INSIDE.items():
                if name in names:
                    return media_type
            if "mimetype" in names:
                with archive.open("mimetype") as stated:
                    said = stated.read(100).decode("ascii", "replace").strip()
                if said in OPEN_KINDS:
                    return said
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise UnreadableFileError(UNKNOWN) from error
    raise UnreadableFileError(UNKNOWN)


def clean_name(name: str, media_type: str) -> str:
    """The person's own words, without anything that a header or a disk could misread."""
    path = PurePath(str(name).replace("\\", "/"))
    stem = re.sub(r"[^\w .,()’'-]+", "-", path.stem).strip(" .-") or "document"
    ending = ENDINGS[media_type]
    return f"{stem[: LONGEST_NAME - len(ending)]}{ending}"


class CheckedFileField(forms.FileField):
    """Cleans to (name, media_type, content)."""

    default_error_messages = {
        "required": "Choisissez un fichier.",
        "empty": EMPTY,
        "max_length": "Le nom de ce fichier est trop long. Renommez-le.",
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "PDF, ODT, DOCX, ODS, XLSX, PNG ou JPEG, 20\u00a0Mo au plus.")
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = ACCEPTED

    def clean(self, data: Any, initial: Any = None) -> tuple[str, str, bytes] | None:
        found = super().clean(data, initial)
        if not found:
            return None
        try:
            return read_upload(found)
        except UnreadableFileError as error:
            raise forms.ValidationError(str(error)) from error
