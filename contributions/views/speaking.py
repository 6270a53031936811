"""In whose name: one page, for those who speak for a body."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from assises.access import public
from assises.kept_words import keeps_words
from contributions import bodies, drafts
from contributions.forms_journey import BodyForm
from contributions.views.answering import no_draft, not_open
from contributions.views.asking import page, published_version, step_address

GET_AND_POST = ["GET", "HEAD", "POST"]


@keeps_words
@public
@csrf_exempt  # whoever has the draft's address may write in it; no session to abuse
@never_cache
@require_http_methods(GET_AND_POST)
def speak_for(request: HttpRequest, campaign: str, draft: str) -> HttpResponse:
    """Its name, how many it speaks for, whether it may be named, a document."""
    version = published_version(request, campaign)
    consultation = version.consultation
    if not drafts.is_key(draft):
        raise Http404
    if not consultation.is_open_at(version.moment):
        return not_open(request, version, draft)
    kept = drafts.find(consultation, draft)
    if kept is None:
        return no_draft(request, version, draft)
    joined = bodies.enclosures(consultation, draft).values_list("name", flat=True).first()
    if request.method != "POST":
        form = BodyForm(initial=kept.body)
    elif request.POST.get("action") == "en-mon-nom" and not kept.partner_id:
        bodies.say(consultation, draft, {})
        return redirect(step_address(version, draft, 1))
    else:
        form = BodyForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            if file:
                bodies.join(consultation, draft, file)
            bodies.say(consultation, draft, form.body(has_file=bool(file or joined)))
            return redirect(step_address(version, draft, 1))
    context = page(version, form=form, joined=joined, is_partner=bool(kept.partner_id))
    return render(request, "contributions/public/speak_for.html", context)
