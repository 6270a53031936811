"""A stored file as an answer: whole, never streamed, and never shown inside the portal's own pages."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from consultations.models.national import FileFacts


def as_file(document: FileFacts) -> HttpResponse:
    answer = HttpResponse(bytes(document.content), content_type=document.media_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=document.name)
    answer["Cache-Control"] = "private, no-store"
    return answer
