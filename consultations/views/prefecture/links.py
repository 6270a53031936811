"""Short links and their QR codes; how often each was followed, and where people stopped."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from assises.access import prefecture
from assises.accounts.models.rights import PREFECTURE_ROLES
from consultations.around import qr
from consultations.around.partners import partners_of
from consultations.around.short import address_of, links_of, make_link, remove_link
from consultations.around.visits import journey_of, visits_by_day, visits_by_link
from consultations.forms.around import LinkForm
from consultations.views.prefecture.consultation import GET_AND_POST, own_consultation

SVG, PNG = "svg", "png"


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def links(request: HttpRequest, campaign: str) -> HttpResponse:
    """The list, and the form that makes one."""
    found = own_consultation(request, campaign)
    form = LinkForm(request.POST or None, partners=partners_of(found), audiences=found.campaign.audiences)
    if request.method == "POST" and form.is_valid():
        make_link(found, **form.cleaned_data)
        messages.success(request, "Le lien est prêt, avec son QR code.")
        return redirect("links", request.prefecture.slug, campaign)
    rows = list(links_of(found))
    for link in rows:
        link.address = address_of(link)
        link.smallest = qr.smallest_print(link.address)
    context = {"consultation": found, "links": rows, "form": form}
    return render(request, "consultations/prefecture/links.html", context)


@prefecture("editor")
@require_safe
def link_qr(request: HttpRequest, campaign: str, number: int, kind: str) -> HttpResponse:
    """A file to be put on a poster."""
    link = get_object_or_404(links_of(own_consultation(request, campaign)), pk=number)
    if kind not in {SVG, PNG}:
        raise Http404
    address = address_of(link)
    content = qr.svg(address, title=f"QR code vers {address}") if kind == SVG else qr.png(address)
    response = HttpResponse(content, content_type="image/svg+xml" if kind == SVG else "image/png")
    response["Content-Disposition"] = f'attachment; filename="qr-{slugify(link.label) or link.code}.{kind}"'
    return response


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def link_remove(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    """What is printed stops: said before it is done."""
    found = own_consultation(request, campaign)
    link = get_object_or_404(links_of(found), pk=number)
    link.address = address_of(link)
    if request.method == "POST":
        remove_link(link)
        messages.success(request, "Le lien est retiré.")
        return redirect("links", request.prefecture.slug, campaign)
    return render(request, "consultations/prefecture/link_remove.html", {"consultation": found, "link": link})


@prefecture(*PREFECTURE_ROLES)
@require_safe
def visits(request: HttpRequest, campaign: str) -> HttpResponse:
    """Counters only: nobody is followed from one page to the next."""
    found = own_consultation(request, campaign)
    context = {
        "consultation": found,
        "journey": journey_of(found),
        "by_link": visits_by_link(found),
        "by_day": visits_by_day(found),
    }
    return render(request, "consultations/prefecture/visits.html", context)
