"""What anyone sees of the country and of one department. No account, no cookie, no form token: may be compressed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from assises import clock
from assises.access import public
from assises.accounts import places
from assises.accounts.models import Prefecture
from assises.look.templatetags.french import FIXED
from consultations.around.contact import contact_of
from consultations.meetings.read import lines_of, shown_in
from consultations.models import Campaign, Consultation, Place, QuestionnaireVersion
from contributions.ways import Way, ways_of
from syntheses import france
from syntheses.country import OPEN, TO_COME, Country, country_at, public_consultations
from syntheses.milestones import Life, in_order

MOST_MEETINGS = 6
MOST_NAMED = 24  # more would repeat the list of departments


@public
@require_safe
@gzip_page
def home(request: HttpRequest) -> HttpResponse:
    country = country_at(clock.now())
    opened = [said_of(country, campaign, rows) for campaign, rows in country.exercises(OPEN)]
    named = {exercise["campaign"] for exercise in opened}
    announced = [said_of(country, campaign, rows) for campaign, rows in country.exercises(TO_COME)]
    context = {
        "map": france.draw(country),
        "exercises": opened,
        "announced": [exercise for exercise in announced if exercise["campaign"] not in named],
        "open_places": country.where(OPEN) if len(country.where(OPEN)) <= MOST_NAMED else [],
        "exercise": opened[0]["campaign"].title if len(opened) == 1 else "",
    }
    return render(request, "syntheses/public/home.html", context)


def said_of(country: Country, campaign: Campaign, consultations: list[Consultation]) -> dict[str, Any]:
    """« 58 départements et 2 collectivités d’outre-mer », and the first day on which one of them opens."""
    there = {place.prefecture.code: place.prefecture for place in country.places}
    prefectures = [there[consultation.prefecture_id] for consultation in consultations]
    overseas = sum(prefecture.kind == Prefecture.Kind.COLLECTIVITY for prefecture in prefectures)
    said = []
    if departments := len(prefectures) - overseas:
        said.append(f"{departments}{FIXED}département{'s' if departments > 1 else ''}")
    if overseas:
        said.append(f"{overseas}{FIXED}collectivité{'s' if overseas > 1 else ''} d’outre-mer")
    first = min(consultations, key=lambda consultation: consultation.opens_at)
    opens_on = first.opens_at.astimezone(there[first.prefecture_id].zone).date()
    return {"campaign": campaign, "where": " et ".join(said), "opens_on": opens_on}


@public
@require_safe
@gzip_page
def departements(request: HttpRequest) -> HttpResponse:
    """The map's facts in words: every department and where it stands."""
    country = country_at(clock.now())
    regions: dict[str, list[Any]] = {}
    for place in country.places:
        is_far = place.prefecture.kind != Prefecture.Kind.METROPOLE
        regions.setdefault("Outre-mer" if is_far else place.prefecture.region, []).append(place)
    in_alphabet = sorted(regions.items(), key=lambda entry: (entry[0] == "Outre-mer", places.plain(entry[0])))
    context = {
        "legend": country.counts,
        "regions": [{"id": slugify(name), "name": name, "places": found} for name, found in in_alphabet],
    }
    return render(request, "syntheses/public/departements.html", context)


@public
@require_safe
def search_place(request: HttpRequest) -> HttpResponse:
    """One answer leads straight to its department; several are told apart; none is no dead end."""
    text = request.GET.get("lieu", "").strip()[: places.LONGEST]
    found = places.search(text)
    if found.straight:
        return redirect("departement", found.straight.slug)
    context = {"text": text, "found": found}
    if not found or found.is_guess:
        context["prefectures"] = Prefecture.objects.all()
    return render(request, "syntheses/public/search_place.html", context)


@public
@require_safe
def departement_by_code(request: HttpRequest, code: str) -> HttpResponse:
    """/47/ on a poster is shorter than /lot-et-garonne/."""
    found = Prefecture.objects.filter(code=code.upper()).first()
    if found is None:
        raise Http404
    return redirect("departement", found.slug, permanent=True)


@public
@require_safe
@gzip_page
def departement(request: HttpRequest) -> HttpResponse:
    prefecture = request.prefecture
    moment = clock.now()
    rows = public_consultations().for_prefecture(prefecture)
    for consultation in rows:
        consultation.prefecture = prefecture  # already read: it names the tenant
    lives = in_order([Life(consultation, moment, prefecture.zone) for consultation in rows])
    first = lives[0] if lives else None
    steps = steps_of(first.consultation) if first else []
    others = lives[1:]
    meetings = lines_of(shown_in(prefecture), moment)
    to_come = [line for line in meetings if not line["is_over"]]
    context = {
        "meetings": to_come[:MOST_MEETINGS],
        "has_meetings": bool(meetings),
        "life": first,
        "is_now": first is not None and first.standing in {OPEN, TO_COME},
        "steps": steps,
        "answer_url": answer_url(first) if steps else "",
        "ways": ways_there(first, steps, to_come) if first else [],
        "contact": contact_of(first.consultation) if first else None,
        "also": [life for life in others if life.standing in {OPEN, TO_COME}],
        "past": [life for life in others if life.standing not in {OPEN, TO_COME}],
        "of_department": places.of_department(prefecture),
        "exercise": first.consultation.campaign.title if first else "",
    }
    return render(request, "syntheses/public/departement.html", context)


def ways_there(life: Life, steps: list[dict[str, Any]], to_come: list[dict[str, Any]]) -> list[Way]:
    """How one takes part, besides answering online, which has its own line."""
    places_there = Place.objects.for_prefecture(life.consultation.prefecture_id).filter(consultation=life.consultation)
    return ways_of(
        life.consultation,
        list(places_there),
        has_questions=bool(steps),
        is_open=life.is_open,
        online=False,
        meetings=any(line["meeting"].consultation_id == life.consultation.pk for line in to_come),
    )


def steps_of(consultation: Consultation) -> list[dict[str, Any]]:
    """The themes as they were published; a concertation held in meetings alone has none."""
    if not consultation.is_online:
        return []
    versions = QuestionnaireVersion.objects.for_prefecture(consultation.prefecture_id)
    last = versions.filter(consultation=consultation).order_by("-number").first()
    return [step for step in last.content["steps"] if step["questions"]] if last else []


def answer_url(life: Life) -> str:
    """By invitation only, one answers from one's own link."""
    is_for_all = life.is_open and not life.consultation.is_by_invitation
    return life.consultation.get_absolute_url() if is_for_all else ""
