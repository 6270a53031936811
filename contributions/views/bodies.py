"""In whose name contributions speak, for the team: what each body said of itself, and the document it joined."""

from django.core.paginator import Paginator
from django.db.models import Func, IntegerField, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assises.access import prefecture
from assises.accounts.models.rights import PREFECTURE_ROLES
from consultations.around.download import as_file
from contributions.models import Contact, Enclosure
from contributions.views.watching import own

SHOWN = 50


@prefecture(*PREFECTURE_ROLES)
@require_safe
def bodies(request: HttpRequest, campaign: str) -> HttpResponse:
    """By name; of a contribution that was corrected, the body is that of the correction."""
    found = own(request, campaign)
    size = Func("content", function="octet_length", output_field=IntegerField())
    joined = Enclosure.objects.for_prefecture(request.prefecture).defer("content").annotate(size=size)
    rows = Contact.objects.for_prefecture(request.prefecture).filter(contribution__consultation=found)
    rows = rows.select_related("contribution__partner").prefetch_related(Prefetch("enclosures", joined))
    page = Paginator(rows.order_by("body", "pk"), SHOWN).get_page(request.GET.get("page"))
    return render(request, "contributions/prefecture/bodies.html", {"consultation": found, "page": page})


@prefecture(*PREFECTURE_ROLES)
@require_safe
def enclosure_read(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    """Handed over as a file to keep, whatever is in it: never shown inside the portal."""
    rows = Enclosure.objects.for_prefecture(request.prefecture).filter(
        contact__isnull=False, contact__contribution__consultation=own(request, campaign)
    )
    return as_file(get_object_or_404(rows, pk=number))
