"""Data become a PDF/UA-1: Typst reads them as data, never as markup, and the same data give the same bytes."""

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from assises.look.printable import UNPRINTABLE, printable_data

MEDIA_TYPE = "application/pdf"
# Some of these packages hold each face twice. Typst takes whichever the disk lists first: here, one file a face.
FACES = {
    "font_source_sans_pro": ("SourceSansPro-Regular.otf", "SourceSansPro-Semibold.otf"),
    "font_caladea": ("Caladea-Regular.ttf",),
}
# Typst opens a face when it is first used, and would go on without it when the file has gone.
EVERY_FACE = b'#set text(font: "Source Sans Pro"); a *a* #text(font: "Caladea")[a]'


class DocumentError(Exception):
    """The document could not be made; nothing was written."""


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """Three faces, the same on every machine, read into memory: afterwards nothing depends on the folder of links."""
    with TemporaryDirectory(prefix="assises-fonts-") as folder:
        for package, names in FACES.items():
            spec = find_spec(package)
            if spec is None or spec.origin is None:
                raise DocumentError(f"The package {package} is not installed")
            for name in names:
                Path(folder, name).symlink_to(Path(spec.origin).parent / "files" / name)
        found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
        typst.compile(EVERY_FACE, font_paths=found)
    return found


def tagged_pdf(template: Path, content: dict[str, Any]) -> bytes:
    """The tagged PDF that a template makes of these data, which it finds as JSON in `sys.inputs.data`."""
    data = printable_data(content)
    data["has_unprintable"] = UNPRINTABLE in json.dumps(data, ensure_ascii=False)
    try:
        return typst.compile(
            template.read_bytes(),
            format="pdf",
            font_paths=fonts(),
            pdf_standards=["ua-1"],
            sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        )
    except typst.TypstError as error:
        raise DocumentError(f"Typst n’a pas pu composer le document : {error}") from error
