"""A stored document as a file: whole, never streamed (a streamed body would be read without its tenant)."""

from django.http import HttpResponse

from syntheses.models import Document


def as_file(document: Document) -> HttpResponse:
    answer = HttpResponse(bytes(document.content), content_type=document.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{document.name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
