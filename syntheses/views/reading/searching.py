"""Any passage: by its words, in French, and by how it was read."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assises.access import prefecture
from assises.accounts.models.rights import PREFECTURE_ROLES
from consultations.models import Audience
from contributions.models import Channel, Statement
from syntheses.showing.look_up import MOST, NO_THEME, STATES, Asked, asked_in, found, near_word, passages_found
from syntheses.showing.numbers import titles_of
from syntheses.showing.words import OFF
from syntheses.views.reading.own import PASSAGES_A_PAGE, base, own


@prefecture(*PREFECTURE_ROLES)
@require_safe
def reading_search(request: HttpRequest, campaign: str) -> HttpResponse:
    consultation = own(request, campaign)
    asked = asked_in(request.GET)
    titles = titles_of(consultation)
    numbers = found(consultation, asked)
    page = Paginator(numbers[:MOST], PASSAGES_A_PAGE).get_page(request.GET.get("page"))
    context = base(
        request,
        consultation,
        asked=asked,
        fields=fields(asked, titles),
        page=page,
        passages=passages_found(consultation, list(page.object_list), asked, titles),
        is_more=len(numbers) > MOST,
        most=MOST,
        near=near_word(consultation, asked) if asked.words and not numbers else "",
        titles=titles,
        hides_forces=bool(asked.channel),
    )
    return render(request, "syntheses/prefecture/reading_search.html", context)


def fields(asked: Asked, titles: dict[str, str]) -> list[dict[str, Any]]:
    """The lists of the form: name, label, options, what is chosen."""
    themes = [*titles.items(), (NO_THEME, OFF)]
    states = [(key, label) for key, (label, _) in STATES.items()]
    return [
        {"name": "theme", "label": "Thème", "options": themes, "value": asked.theme},
        {"name": "nature", "label": "Nature", "options": Statement.Kind.choices, "value": asked.kind},
        {"name": "canal", "label": "Canal", "options": Channel.choices, "value": asked.channel},
        {"name": "public", "label": "Public", "options": Audience.choices, "value": asked.audience},
        {"name": "etat", "label": "Lecture", "options": states, "value": asked.state},
    ]
