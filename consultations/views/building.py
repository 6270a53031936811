"""What is done at the desk, one function a page. The audiences' views declare who may, and lock what is worked on."""

from django.contrib import messages
from django.http import Http404, HttpResponse

from consultations.asking import build
from consultations.asking.build import RefusedError
from consultations.asking.content import frozen
from consultations.asking.kinds import FACTS_OF, KINDS
from consultations.asking.new_version import publish_changes, unpublished
from consultations.asking.pick import BANK_KEY, pick, shelves, sources
from consultations.asking.preview import audience_links, preview_of
from consultations.asking.sheet import ALL, NOTHING, WORDS
from consultations.forms.questions import question_form, theme_form
from consultations.models import CoreQuestion, CoreTheme, Question, Theme
from consultations.views.desk import Desk, int_or_none

UP, DOWN = "haut", "bas"
PLACES = {UP: -1, DOWN: 1}


def new_question(desk: Desk) -> HttpResponse:
    """First which kind, then its form."""
    if reason := build.limit_of(desk.sheet) or no_theme(desk):
        return desk.refused([reason])
    request = desk.request
    kind = FACTS_OF.get(request.GET.get("type", ""))
    theme = desk.sheet.theme(int_or_none(request.GET.get("theme")) or 0) or desk.sheet.themes[0]
    if kind is None:
        return desk.render("question_kind", kinds=KINDS, theme=theme)
    question = (CoreQuestion if desk.sheet.is_core else Question)(kind=kind.kind)
    form = question_form(desk.sheet)(
        request.POST or None, sheet=desk.sheet, instance=question, initial={"theme": str(theme.pk)}
    )
    if request.method == "POST" and form.is_valid() and form.is_sound():
        form.keep(by=request.user)
        messages.success(request, "La question est ajoutée.")
        return desk.back(question)
    return desk.render("question_new", form=form, kind=kind, theme=theme)


def no_theme(desk: Desk) -> str:
    return "" if desk.sheet.themes else "Ajoutez d’abord un thème."


def locked(desk: Desk, row: object, reason: str) -> str:
    """Why not even its words may change."""
    if desk.sheet.freedom == NOTHING:
        return build.OVER
    return "" if desk.sheet.is_ours(row) else reason


def edit_question(desk: Desk, number: int) -> HttpResponse:
    if desk.typed and desk.sheet.question(number) is None:
        return desk.refused(["Quelqu’un vient de retirer cette question."])
    question = desk.question(number)
    if reason := locked(desk, question, build.LOCKED):
        return desk.refused([reason], question)
    form = question_form(desk.sheet)(desk.request.POST or None, sheet=desk.sheet, instance=question)
    if desk.request.method == "POST" and form.is_valid() and form.is_sound():
        form.keep(by=desk.request.user)
        messages.success(desk.request, "La question est enregistrée.")
        return desk.back(question)
    return desk.page(form=form, number=number)


def move_question(desk: Desk, number: int) -> HttpResponse:
    question = desk.question(number)
    try:
        build.move(desk.sheet, question, places_of(desk))
    except RefusedError as refused:
        return desk.refused(refused.reasons, question)
    return desk.back(question)


def copy_question(desk: Desk, number: int) -> HttpResponse:
    question = desk.question(number)
    try:
        twin = build.copy(desk.sheet, question, by=desk.request.user)
    except RefusedError as refused:
        return desk.refused(refused.reasons, question)
    messages.success(desk.request, "La question est copiée juste au-dessous. Changez maintenant ses mots.")
    return desk.back(twin)


def remove_question(desk: Desk, number: int) -> HttpResponse:
    """A page that says what depends on it; then it is gone."""
    question = desk.question(number)
    if desk.request.method == "POST":
        try:
            build.remove(desk.sheet, question, by=desk.request.user)
        except RefusedError as refused:
            return desk.refused(refused.reasons, question)
        messages.success(desk.request, "La question est retirée.")
        return desk.back(desk.theme(question.theme_id))
    if not desk.sheet.is_ours(question):
        return desk.refused([build.LOCKED], question)
    waiting = desk.sheet.dependents(desk.sheet.name(question))
    return desk.render("question_remove", question=question, asked=frozen(question), waiting=waiting)


def new_theme(desk: Desk) -> HttpResponse:
    if reason := build.limit_of(desk.sheet):
        return desk.refused([reason])
    theme = CoreTheme() if desk.sheet.is_core else Theme()
    form = theme_form(desk.sheet)(desk.request.POST or None, sheet=desk.sheet, instance=theme)
    if desk.request.method == "POST" and form.is_valid():
        build.add_theme(desk.sheet, theme, by=desk.request.user)
        messages.success(desk.request, "Le thème est ajouté. Ajoutez maintenant ses questions.")
        return desk.back(theme)
    return desk.render("theme_form", form=form, theme=None)


def edit_theme(desk: Desk, number: int) -> HttpResponse:
    if desk.typed and desk.sheet.theme(number) is None:
        return desk.refused(["Quelqu’un vient de retirer ce thème."])
    theme = desk.theme(number)
    if reason := locked(desk, theme, build.LOCKED_THEME):
        return desk.refused([reason], theme)
    before = (theme.title, theme.description)
    form = theme_form(desk.sheet)(desk.request.POST or None, sheet=desk.sheet, instance=theme)
    if desk.request.method == "POST" and form.is_valid():
        form.save()
        changes = [
            {"what": what, "before": old, "after": new}
            for what, old, new in zip(("titre", "description"), before, (theme.title, theme.description), strict=True)
            if old != new
        ]
        build.changed(desk.sheet, desk.request.user, theme.title, *changes, is_typo=desk.sheet.freedom == WORDS)
        messages.success(desk.request, "Le thème est enregistré.")
        return desk.back(theme)
    return desk.render("theme_form", form=form, theme=theme)


def move_theme(desk: Desk, number: int) -> HttpResponse:
    theme = desk.theme(number)
    try:
        build.move_theme(desk.sheet, theme, places_of(desk))
    except RefusedError as refused:
        return desk.refused(refused.reasons, theme)
    return desk.back(theme)


def remove_theme(desk: Desk, number: int) -> HttpResponse:
    theme = desk.theme(number)
    if desk.request.method == "POST":
        try:
            build.remove_theme(desk.sheet, theme, by=desk.request.user)
        except RefusedError as refused:
            return desk.refused(refused.reasons, theme)
        messages.success(desk.request, "Le thème est retiré.")
        return desk.back()
    if not desk.sheet.is_ours(theme):
        return desk.refused([build.LOCKED_THEME], theme)
    questions, waiting = desk.sheet.rows[theme.pk], desk.sheet.decided_by(theme)
    return desk.render("theme_remove", theme=theme, questions=questions, waiting=waiting)


def pick_questions(desk: Desk) -> HttpResponse:
    """Several at once, by their boxes, from the bank or another questionnaire, into one theme."""
    if reason := build.limit_of(desk.sheet) or no_theme(desk):
        return desk.refused([reason])
    request, errors = desk.request, []
    key = request.GET.get("source", BANK_KEY)
    if (found := shelves(desk.sheet, key)) is None:
        raise Http404
    ticked = request.POST.getlist("questions")
    theme = desk.sheet.theme(int_or_none(request.POST.get("theme") or request.GET.get("theme")) or 0)
    if request.method == "POST":
        chosen = [offer for shelf in found for offer in shelf.offers if offer.name in ticked]
        errors = wanting(chosen, theme)
        if not errors:
            return picked(desk, theme, chosen)
    context = {"shelves": found, "sources": sources(desk.sheet), "source": key, "ticked": ticked, "theme": theme}
    return desk.render("pick", **context, errors=errors)


def wanting(chosen: list, theme: object) -> list[dict[str, str]]:
    errors = []
    if not chosen:
        errors.append({"target": "questions", "text": "Cochez au moins une question."})
    if theme is None:
        errors.append({"target": "id_theme", "text": "Choisissez le thème qui les reçoit."})
    return errors


def picked(desk: Desk, theme: Theme | CoreTheme, chosen: list) -> HttpResponse:
    try:
        done = pick(desk.sheet, theme, chosen, by=desk.request.user)
    except RefusedError as refused:
        return desk.refused(refused.reasons, theme)
    number = len(done.questions)
    messages.success(
        desk.request,
        f"{number} questions sont reprises."
        if number > 1
        else f"La question «\u00a0{chosen[0].facts['label']}\u00a0» est reprise.",
    )
    for question in done.loose:
        messages.warning(
            desk.request,
            f"«\u00a0{question.label}\u00a0» dépendait d’une question que vous n’avez pas reprise\u00a0: "
            "elle est maintenant posée à tous. Donnez-lui une autre condition si besoin.",
        )
    return desk.back(done.questions[0])


def publish_version(desk: Desk) -> HttpResponse:
    """What would change for the public, in words; then a new version."""
    if desk.request.method == "POST":
        try:
            version = publish_changes(desk.owner)
        except RefusedError as refused:
            return desk.refused(refused.reasons)
        messages.success(
            desk.request,
            f"La version {version.number} est publiée. Les réponses déjà reçues gardent la version à laquelle "
            "elles répondent.",
        )
        return desk.back()
    changes = unpublished(desk.owner)
    others = [change for change in changes if not change.is_words]
    is_refused = desk.sheet.freedom != ALL and bool(others)
    return desk.render("publish", changes=changes, others=others, is_refused=is_refused)


def show_preview(desk: Desk) -> HttpResponse:
    context = {
        "preview": preview_of(desk.sheet.steps(), desk.audience),
        "audiences": audience_links(desk.sheet.campaign.audiences, desk.audience),
    }
    return desk.render("preview", **context)


def places_of(desk: Desk) -> int:
    """An unknown direction leads nowhere."""
    return PLACES.get(desk.request.POST.get("vers", ""), 0)
