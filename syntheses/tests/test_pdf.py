"""The document: tagged, titled, in French, the same bytes for the same content; people's words stay words."""

import io
import json
import time
from datetime import date

import pytest
from pypdf import PdfReader

from assises.look.printable import UNPRINTABLE, printable
from syntheses.documents import blocks, pdf

MARKUP = [
    "#set page(fill: red)",
    "#sys.inputs",
    '#read("/etc/passwd")',
    '#import "@preview/x:1.0.0": *',
    "*gras* _italique_ `code` $x^2$ <etiquette> @renvoi",
    "= Titre",
    "\\u{41} \\ \\#",
    "// commentaire /* et */ [crochets] {accolades}",
    "<script>alert(1)</script> & \"guillemets\" 'droits'",
    "~ -- --- ... https://exemple.invalid/?a=1#b",
]


def content(*matter, fictional=True, title="Synthèse de la concertation de l’Aisne"):
    return blocks.Content(
        title=title,
        office="Préfecture de l’Aisne",
        exercise="Assises 2027",
        version="Version 1",
        frozen="Chiffres arrêtés le 8 février 2027",
        lead="Douze contributions ont été reçues.",
        date=date(2027, 2, 8),
        is_fictional=fictional,
        parts=[blocks.Part("Ce qui a été reçu", list(matter), aside="Ce n’est pas un sondage.")],
    ).as_data()


EVERYTHING = (
    blocks.Figures([blocks.Figure(1284, "contributions reçues"), blocks.Figure(12, "passages")]),
    blocks.Heading("Par quel canal"),
    blocks.Bars("Par canal", "Canal", "Nombre", blocks.bars([("Courriel", 3), ("Lettre", 0)], base=3), note="Sur 3."),
    blocks.Quotes([blocks.Quote("On ne voit plus personne.", "Courriel")], note="Un passage cité."),
    blocks.Notice("À savoir", "Elle engage la préfecture."),
    blocks.Paragraph("Fin."),
)


def read(data):
    return PdfReader(io.BytesIO(pdf.pdf(data)))


def texts(reader):
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def structure(reader):
    """Every tag of the structure tree with its alternative text, in reading order."""
    found, pile = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while pile:
        node = pile.pop().get_object()
        if isinstance(node, list):
            pile += reversed(node)
        elif hasattr(node, "get"):
            if "/S" in node:
                found.append((node["/S"], node.get("/Alt")))
            if "/K" in node:
                pile.append(node["/K"])
    return found


def test_it_is_tagged_titled_and_in_french():
    reader = read(content(*EVERYTHING))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr-FR"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Synthèse de la concertation de l’Aisne"
    assert reader.metadata.author == "Préfecture de l’Aisne"
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()


def test_its_headings_tables_and_lists_of_pages_are_tagged():
    tags = [tag for tag, _ in structure(read(content(*EVERYTHING)))]
    assert tags.count("/Title") == 1
    assert tags.count("/H1") == 1
    assert tags.count("/H2") == 1
    assert {"/Table", "/TH", "/TD"} <= set(tags)


def test_no_drawing_is_without_words():
    """Bars repeat the numbers beside them: they are decoration. Anything tagged as a figure would need its words."""
    found = structure(read(content(*EVERYTHING)))
    assert [tag for tag, alt in found if tag == "/Figure" and not alt] == []


def test_a_drawing_without_words_would_stop_the_document():
    """The negative control: Typst refuses a figure that has no alternative text."""
    import typst

    with pytest.raises(typst.TypstError, match="alt"):
        typst.compile(
            b'#set document(title: "x")\n#image(bytes("<svg xmlns=\\"http://www.w3.org/2000/svg\\" width=\\"9\\"'
            b' height=\\"9\\"><path d=\\"M0 0h9\\"/></svg>"), format: "svg")',
            pdf_standards=["ua-1"],
        )


def test_every_page_of_the_demo_says_so():
    many = [blocks.Paragraph("Une phrase parmi d’autres. " * 30) for _ in range(20)]
    reader = read(content(*many))
    assert len(reader.pages) > 2
    assert all("Données fictives" in page.extract_text() for page in reader.pages)
    assert "Données fictives" not in texts(read(content(*EVERYTHING, fictional=False)))


def test_it_says_what_its_figures_are_not():
    assert "Ce n’est pas un sondage" in texts(read(content(*EVERYTHING)))


def test_the_same_content_gives_the_same_bytes_on_another_day(monkeypatch):
    first = pdf.pdf(content(*EVERYTHING))
    monkeypatch.setattr(time, "time", lambda: 4_000_000_000.0)
    assert pdf.pdf(content(*EVERYTHING)) == first


def test_its_three_faces_are_in_memory_and_in_the_file():
    """No folder is kept: one that is swept away later would silently change a face."""
    pdf.fonts.cache_clear()
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in read(content(*EVERYTHING)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert {name.removesuffix("-Identity-H") for name in fonts} == {
        "SourceSansPro-Regular",
        "SourceSansPro-Semibold",
        "Caladea-Regular",
    }


def test_another_date_gives_other_bytes():
    """The negative control: the date in the document is the one that was given."""
    other = content(*EVERYTHING) | {"date": "2027-02-09"}
    assert pdf.pdf(other) != pdf.pdf(content(*EVERYTHING))


@pytest.mark.parametrize("text", MARKUP)
def test_what_looks_like_markup_is_shown_as_text(text):
    everywhere = (
        blocks.Heading(text),
        blocks.Paragraph(text),
        blocks.Notice(text, text),
        blocks.Quotes([blocks.Quote(text, text)], note=text),
        blocks.Bars(text, text, text, blocks.bars([(text, 3)], base=3), note=text),
    )
    reader = read(content(*everywhere, title=text))
    assert reader.metadata.title == text
    shown = "".join(texts(reader).split()).replace("\u202f", "")
    assert shown.count("".join(text.split())) >= 8
    assert len(reader.pages) <= 2


@pytest.mark.parametrize(
    "text", ["😀", "👩‍👧 merci", "中文", "مرحبا", "\U0001f1eb\U0001f1f7", "\ufffd", "\ue000", "x" * 4000]
)
def test_no_letter_stops_the_document(text):
    assert read(content(blocks.Quotes([blocks.Quote(f"Bonjour {text}", "Courriel")]))).pages


def test_a_letter_without_a_shape_is_replaced_by_a_word_and_the_document_says_so():
    shown = texts(read(content(blocks.Quotes([blocks.Quote("Revenez 😀😀 vite", "Courriel")]))))
    assert f"Revenez {UNPRINTABLE} vite" in shown
    assert "tient lieu d’une émoticône" in shown
    assert "tient lieu" not in texts(read(content(*EVERYTHING)))


def test_every_letter_that_is_called_printable_is_printed():
    every = "".join(chr(n) for n in range(0x20, 0x2800) if printable(chr(n)) == chr(n))
    assert len(every) > 600
    assert set("éèêëàâçîïôûùüÿœŒæÆÉÀÇ«»’“”…–—€°²№") <= set(every)
    assert read(content(blocks.Paragraph(" ".join(every)), blocks.Heading(" ".join(every)))).pages


def test_invisible_marks_are_left_out():
    assert printable("a\u202eb\u200bc\u2066d") == "abcd"
    assert printable("cafe\u0301\u2009!") == "café\u202f!"


def test_an_error_of_composition_is_an_error_of_ours():
    with pytest.raises(pdf.DocumentError, match="Typst"):
        pdf.pdf(content(*EVERYTHING) | {"date": "pas une date"})


def test_a_content_holds_nothing_but_json():
    assert json.loads(json.dumps(content(*EVERYTHING))) == content(*EVERYTHING)


def test_shares_are_rounded_upwards_from_the_half():
    assert [blocks.rounded(part, 200) for part in (1, 2, 3, 199)] == [1, 1, 2, 100]
    assert blocks.rounded(0, 0) == 0
