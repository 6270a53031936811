"""The editor says how one contributes, where, who answers, who helps, and what can be read."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assises.tenancy.context import as_ministry, as_prefecture
from assises.testing import make_campaign, make_member, make_open_consultation, make_prefecture, statements
from consultations.around.files import UnreadableFileError, read_upload
from consultations.models import Attachment, Consultation, Extension, Place
from consultations.models.national import LARGEST_BYTES
from consultations.steering.launch import launch

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nessai"


@pytest.fixture
def campaign():
    made = make_campaign()
    with as_ministry():
        launch(made, [make_prefecture("02")], actor=make_member(None, "lead"))
    return made


@pytest.fixture
def editor():
    client = Client()
    client.force_login(make_member(make_prefecture("02"), "editor"))
    return client


def base(campaign):
    return f"/aisne/prefecture/concertations/{campaign.slug}/"


def stored():
    with as_prefecture("02"):
        return Consultation.objects.get()


def make_places(number=3):
    with as_prefecture("02"):
        consultation = Consultation.objects.get()
        return [
            Place.objects.create(
                prefecture_id="02", consultation=consultation, name=f"Mairie {n}", address="Laon", position=n
            )
            for n in range(1, number + 1)
        ]


def named():
    with as_prefecture("02"):
        return list(Place.objects.values_list("name", flat=True))


def test_each_channel_is_stored_and_the_hub_says_it(campaign, editor):
    given = {"mail_address": "avis@aisne.invalid", "telephone": "03 53 01 00 00", "meetings": "À Laon"}
    editor.post(f"{base(campaign)}participer/", given)
    found = stored()
    assert (found.is_online, found.mail_address, found.meetings) == (False, "avis@aisne.invalid", "À Laon")
    assert found.touched_at is not None
    hub = editor.get(base(campaign)).content.decode()
    assert "avis@aisne.invalid" in hub
    assert "En réunion." in hub


def test_hours_without_a_number_are_refused_and_kept(campaign, editor):
    page = editor.post(f"{base(campaign)}participer/", {"telephone_hours": "Le matin"}).content.decode()
    assert "quel numéro" in page
    assert "Le matin" in page


def test_the_second_editor_is_told_what_the_first_changed(campaign, editor):
    where = f"{base(campaign)}participer/"
    seen = editor.get(where).context["form"].initial["seen"]
    editor.post(where, {"is_online": "on", "mail_address": "premiere@aisne.invalid", "seen": seen})
    page = editor.post(where, {"is_online": "on", "mail_address": "seconde@aisne.invalid", "seen": seen})
    assert stored().mail_address == "premiere@aisne.invalid"
    assert "premiere@aisne.invalid" in page.content.decode()
    assert "seconde@aisne.invalid" in page.content.decode()


def test_once_published_one_may_still_answer_online(editor):
    consultation = make_open_consultation()
    editor.post(f"{base(consultation.campaign)}participer/", {"mail_address": "avis@aisne.invalid"})
    found = stored()
    assert found.is_online
    assert found.mail_address == "avis@aisne.invalid"


def test_who_answers_and_who_reads_does_not_change_after_publication(editor):
    consultation = make_open_consultation()
    given = {"is_by_invitation": "True", "is_readable_by_all": "True"}
    editor.post(f"{base(consultation.campaign)}public/", given)
    assert not stored().is_readable_by_all


def test_before_publication_it_does(campaign, editor):
    editor.post(f"{base(campaign)}public/", {"is_by_invitation": "False", "is_readable_by_all": "True"})
    assert stored().is_readable_by_all


def test_a_place_is_added_at_the_end_changed_and_removed(campaign, editor):
    make_places(1)
    given = {"kind": "counter", "name": "France services", "address": "Vervins", "hours": ""}
    editor.post(f"{base(campaign)}lieux/nouveau/", given)
    assert named() == ["Mairie 1", "France services"]
    with as_prefecture("02"):
        place = Place.objects.get(name="France services")
    editor.post(f"{base(campaign)}lieux/{place.pk}/", given | {"name": "Maison France services"})
    assert named()[-1] == "Maison France services"
    editor.post(f"{base(campaign)}lieux/{place.pk}/retirer/")
    assert named() == ["Mairie 1"]


@pytest.mark.parametrize(
    ("index", "way", "order"),
    [
        (2, "monter", ["Mairie 1", "Mairie 3", "Mairie 2"]),
        (0, "descendre", ["Mairie 2", "Mairie 1", "Mairie 3"]),
        (0, "monter", ["Mairie 1", "Mairie 2", "Mairie 3"]),
        (2, "descendre", ["Mairie 1", "Mairie 2", "Mairie 3"]),
    ],
)
def test_places_are_put_in_order_with_buttons(campaign, editor, index, way, order):
    place = make_places()[index]
    editor.post(f"{base(campaign)}lieux/{place.pk}/deplacer/", {"sens": way})
    assert named() == order


def test_a_place_without_an_address_is_refused_by_name(campaign, editor):
    page = editor.post(f"{base(campaign)}lieux/nouveau/", {"kind": "paper", "name": "Mairie"}).content.decode()
    assert "Écrivez son adresse" in page
    assert named() == []


def office(name, content=b"<x/>", extra=()):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, content)
        for each in extra:
            archive.writestr(each, b"")
    return made.getvalue()


ODT = office("mimetype", b"application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (PDF, ".pdf"),
        (b"\x89PNG\r\n\x1a\n0", ".png"),
        (b"\xff\xd8\xff0", ".jpg"),
        (office("word/document.xml"), ".docx"),
        (office("xl/workbook.xml"), ".xlsx"),
        (ODT, ".odt"),
        (office("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ".ods"),
    ],
)
def test_a_file_is_known_by_its_content_whatever_its_name(content, ending):
    name, _, kept = read_upload(SimpleUploadedFile("../../Présentation.exe", content))
    assert name == f"Présentation{ending}"
    assert kept == content


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "vide"),
        (b"<html><script>", "pas d’un type accepté"),
        (b"MZ programme", "pas d’un type accepté"),
        (office("autre.txt"), "pas d’un type accepté"),
        (b"PK\x03\x04 tronqu\xe9", "pas d’un type accepté"),
        (office("word/document.xml", extra=["word/vbaProject.bin"]), "macros"),
    ],
)
def test_what_cannot_be_offered_is_refused_with_the_mend(content, why):
    with pytest.raises(UnreadableFileError, match=why):
        read_upload(SimpleUploadedFile("guide.pdf", content))


def test_a_file_over_20_mb_is_refused_without_being_read():
    class Huge:
        name, size = "guide.pdf", LARGEST_BYTES + 1

    with pytest.raises(UnreadableFileError, match="20"):
        read_upload(Huge())


def test_a_document_is_offered_and_removed(editor):
    consultation = make_open_consultation()
    where = f"{base(consultation.campaign)}documents/"
    editor.post(where, {"title": "Dossier", "file": SimpleUploadedFile("dossier.pdf", PDF)})
    with as_prefecture("02"):
        document = Attachment.objects.get()
    public = f"{consultation.get_absolute_url()}documents/{document.pk}/"
    answer = Client().get(public)
    assert answer.content == PDF
    assert "attachment" in answer["Content-Disposition"]
    editor.post(f"{where}{document.pk}/retirer/")
    assert Client().get(public).status_code == 404


def test_a_document_of_a_draft_is_not_public(campaign, editor):
    where = f"{base(campaign)}documents/"
    editor.post(where, {"title": "Dossier", "file": SimpleUploadedFile("dossier.pdf", PDF)})
    with as_prefecture("02"):
        document = Attachment.objects.get()
    assert editor.get(f"{where}{document.pk}/").content == PDF
    assert Client().get(f"/aisne/{campaign.slug}/documents/{document.pk}/").status_code == 404


def test_a_refused_file_keeps_the_title(campaign, editor):
    given = {"title": "Dossier de présentation", "file": SimpleUploadedFile("x.pdf", b"MZ")}
    page = editor.post(f"{base(campaign)}documents/", given).content.decode()
    assert "Dossier de présentation" in page
    assert "pas d’un type accepté" in page


def test_the_editor_extends_in_local_time_with_a_note(editor):
    consultation = make_open_consultation()
    where = f"{base(consultation.campaign)}prolonger/"
    day = consultation.closes_at.date().replace(year=consultation.closes_at.year + 1)
    given = {"closes_at_0": day.isoformat(), "closes_at_1": "18:00", "note": "Les mairies le demandent."}
    assert "ce qui sera dit" in editor.post(where, given | {"note": ""}).content.decode()
    editor.post(where, given)
    with as_prefecture("02"):
        assert Extension.objects.get().closes_at.astimezone(make_prefecture().zone).hour == 18
    hub = editor.get(base(consultation.campaign)).content.decode()
    assert "Les mairies le demandent." in hub


def test_an_earlier_closing_is_refused_at_its_field_and_the_note_is_kept(editor):
    consultation = make_open_consultation()
    given = {"closes_at_0": "2020-01-09", "closes_at_1": "18:00", "note": "Les mairies le demandent."}
    page = editor.post(f"{base(consultation.campaign)}prolonger/", given).content.decode()
    assert "après celle qui est annoncée" in page
    assert "Les mairies le demandent." in page


def test_the_editor_withdraws_with_a_reason_and_the_history_says_so(editor):
    consultation = make_open_consultation()
    where = f"{base(consultation.campaign)}retirer/"
    assert "Dites au public" in editor.post(where, {"reason": ""}).content.decode()
    editor.post(where, {"reason": "Un recours est examiné."})
    assert stored().state == "withdrawn"
    assert "Un recours est examiné." in editor.get(base(consultation.campaign)).content.decode()


def test_the_hub_costs_as_much_with_many_places_as_with_one(campaign, editor):
    make_places(1)
    with statements() as few:
        editor.get(base(campaign))
    with as_prefecture("02"):
        consultation = Consultation.objects.get()
        Place.objects.bulk_create(
            Place(prefecture_id="02", consultation=consultation, name=f"Lieu {n}", address="Laon") for n in range(40)
        )
    with statements() as many:
        editor.get(base(campaign))
    assert len(many) == len(few)
    assert len(many) <= 30


def test_an_agent_reads_the_hub_and_changes_nothing(campaign):
    client = Client()
    client.force_login(make_member(make_prefecture("02"), "agent"))
    assert client.get(base(campaign)).status_code == 200
    assert client.post(f"{base(campaign)}participer/", {}).status_code == 403
