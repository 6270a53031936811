"""Who speaks of what: themes and closed questions by audience, with the smallest cells hidden."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assises.access import prefecture
from assises.accounts.models.rights import PREFECTURE_ROLES
from syntheses.showing.crossed import closed_questions, question_by_audience, themes_by_audience, themes_by_place
from syntheses.showing.numbers import numbers_of
from syntheses.views.reading.own import base, own


@prefecture(*PREFECTURE_ROLES)
@require_safe
def reading_crosstabs(request: HttpRequest, campaign: str) -> HttpResponse:
    """Themes at once; of the closed questions the one that is asked for, or the first."""
    consultation = own(request, campaign)
    numbers = numbers_of(consultation)
    questions = closed_questions(consultation)
    wanted = next((one for one in questions if one.name == request.GET.get("question")), None)
    shown = wanted or (questions[0] if questions else None)
    context = base(
        request,
        consultation,
        tables=[
            table
            for table in (themes_by_audience(numbers), themes_by_place(numbers, consultation))
            if table.columns and table.rows
        ],
        questions=questions,
        shown=shown,
        table=question_by_audience(consultation, shown) if shown else None,
    )
    return render(request, "syntheses/prefecture/reading_crosstabs.html", context)
