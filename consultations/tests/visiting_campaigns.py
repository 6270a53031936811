"""National exercises in the states that are worth looking at."""

from datetime import date, timedelta
from typing import Any

from assises import clock
from assises.accounts.models import Prefecture
from assises.tenancy.context import as_ministry, as_prefecture
from assises.testing import make_campaign, make_member
from consultations.models import Campaign, Consultation, CoreQuestion, KitDocument, ReservePeriod
from consultations.publish import publish
from consultations.steering.core_changes import log_correction
from consultations.steering.launch import launch
from consultations.steering.teams import ALL, send_message

HERE = "02"


def made() -> Campaign:
    """In preparation, with an outline, a kit and a reserve period in its way."""
    today = clock.now().date()
    opens_on = today + timedelta(days=40)
    campaign = make_campaign(
        themes=3,
        questions=2,
        opens_on=opens_on,
        closes_on=opens_on + timedelta(days=28),
        synthesis_due_on=opens_on + timedelta(days=42),
    )
    campaign.title = "Assises de la sécurité 2027"
    campaign.outline = [
        {"title": "Ce que les habitants constatent", "instruction": "Deux pages au plus, avec des exemples."},
        {"title": "Ce qu’ils proposent", "instruction": "De la proposition la plus soutenue à la moins soutenue."},
    ]
    campaign.synthesis_pages, campaign.ranked_proposals = 12, 5
    campaign.save()
    add_reserve(opens_on + timedelta(days=35))
    document(campaign)
    return campaign


def add_reserve(starts_on: date) -> ReservePeriod:
    period, _ = ReservePeriod.objects.get_or_create(
        title="élections départementales", starts_on=starts_on, ends_on=starts_on + timedelta(days=50)
    )
    return period


def document(campaign: Campaign) -> KitDocument:
    return campaign.kit.create(
        title="Guide de l’équipe", name="guide.pdf", media_type="application/pdf", content=b"%PDF-1.7" * 50_000
    )


def launched() -> Campaign:
    """Everywhere, a week ago; nobody has begun but in Aisne, where the core differs since."""
    campaign = made()
    lead = make_member(None, "lead", "Hélène Essai")
    with as_ministry():
        launch(campaign, Prefecture.objects.filter(code__in=["974", "987"]), actor=lead, pilots=True, tells=False)
        launch(campaign, Prefecture.objects.all(), actor=lead, tells=False)
    campaign.refresh_from_db()
    for code in ("01", "03", "19", "2A", "2B", "75", "974", "987"):
        with as_prefecture(code):
            week = clock.now() - timedelta(days=7)
            Consultation.objects.filter(campaign=campaign).update(launched_at=week)
    change_core(campaign, lead)
    with as_ministry():
        words = "La page d’aide dit maintenant comment recopier une lettre reçue."
        send_message(campaign, subject="Deux nouveautés", text=words, reach=ALL, actor=lead)
    return campaign


def change_core(campaign: Campaign, lead: Any) -> None:
    question = CoreQuestion.objects.filter(theme__campaign=campaign).first()
    before, question.label = question.label, f"{question.label} Que répondez-vous ?"
    question.required = True
    question.save()
    gone = CoreQuestion.objects.filter(theme__campaign=campaign).last()
    gone.retired_at = clock.now()
    gone.save()
    changes = [{"what": "Question", "before": before, "after": question.label}]
    log_correction(campaign, before, changes, is_typo=True, by=lead)


def opened() -> Campaign:
    """As above, and open in Aisne: only words can still change there."""
    campaign = launched()
    lead = make_member(None, "lead")
    with as_prefecture(HERE):
        consultation = Consultation.objects.select_related("campaign", "prefecture").get(campaign=campaign)
        consultation.opens_at = clock.now() - timedelta(hours=1)
        consultation.closes_at = clock.now() + timedelta(days=20)
        consultation.save()
        publish(consultation, actor=lead)
    return campaign


def named(campaign: Campaign, **more: Any) -> dict[str, Any]:
    return {"campaign": campaign.slug, **more}
