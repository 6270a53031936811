"""Documents that the public can read beside the questionnaire."""

from django.contrib import messages
from django.db.models import Func, IntegerField, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assises.access import prefecture
from assises.accounts.models.rights import PREFECTURE_ROLES
from consultations.around.download import as_file
from consultations.forms.around import AttachmentForm
from consultations.models import Attachment, Consultation
from consultations.touch import touch
from consultations.views.prefecture.consultation import GET_AND_POST, own_consultation, refusal


def attachments_of(consultation: Consultation) -> QuerySet[Attachment]:
    return Attachment.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def attachments(request: HttpRequest, campaign: str) -> HttpResponse:
    """The list, and the form that adds one. The bytes of those that are there stay where they are."""
    found = own_consultation(request, campaign)
    may_change = found.state != Consultation.State.WITHDRAWN
    new = Attachment(prefecture_id=found.prefecture_id, consultation=found)
    form = AttachmentForm(request.POST or None, request.FILES or None, instance=new)
    if request.method == "POST" and may_change and form.is_valid():
        form.save()
        touch(found)
        messages.success(request, "Le document est ajouté.")
        return redirect("attachments", request.prefecture.slug, campaign)
    size = Func("content", function="octet_length", output_field=IntegerField())
    context = {
        "consultation": found,
        "attachments": attachments_of(found).defer("content").annotate(size=size),
        "form": form,
        "may_change": may_change,
    }
    return render(request, "consultations/prefecture/attachments.html", context)


@prefecture(*PREFECTURE_ROLES)
@require_safe
def attachment_read(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    """As the public will get it, before it is published too."""
    return as_file(get_object_or_404(attachments_of(own_consultation(request, campaign)), pk=number))


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def attachment_remove(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    found = own_consultation(request, campaign)
    attachment = get_object_or_404(attachments_of(found).defer("content"), pk=number)
    if why := refusal(found):
        messages.warning(request, why)
        return redirect("attachments", request.prefecture.slug, campaign)
    if request.method == "POST":
        attachment.delete()
        touch(found)
        messages.success(request, f"« {attachment.title} » est retiré.")
        return redirect("attachments", request.prefecture.slug, campaign)
    context = {"consultation": found, "attachment": attachment}
    return render(request, "consultations/prefecture/attachment_remove.html", context)
