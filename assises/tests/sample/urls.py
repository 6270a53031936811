"""Views that misbehave, to see what the middleware makes of it."""

from django.db import OperationalError, connection
from django.http import HttpResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import include, path

from assises.access import prefecture, public
from assises.tests.sample.models import Note

ROLES = ("agent", "editor", "administrator", "prefect")


@prefecture(*ROLES)
def write(request):
    Note.objects.create(prefecture=request.prefecture, text=request.POST["text"])
    return HttpResponse("écrit")


@prefecture(*ROLES)
def write_then_answer_500(request):
    Note.objects.create(prefecture=request.prefecture, text="perdu")
    return HttpResponse("raté", status=500)


@prefecture(*ROLES)
def write_then_fail(request):
    Note.objects.create(prefecture=request.prefecture, text="perdu")
    raise ZeroDivisionError


@prefecture(*ROLES)
def render_late(request):
    """The rows are read when the template is rendered, after the view."""
    template = engines["django"].from_string("{% for note in notes %}{{ note.text }} {% endfor %}")
    return TemplateResponse(request, template, {"notes": Note.objects.all()})


@prefecture(*ROLES)
def stream(request):
    def lines():
        for note in Note.objects.all():
            yield note.text

    return StreamingHttpResponse(lines())


@prefecture(*ROLES)
def lose_the_database(request):
    raise OperationalError("server closed the connection unexpectedly")


@public
def who_is_told(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('assises.audience', true), current_setting('assises.prefecture', true)")
        return HttpResponse(" ".join(cursor.fetchone()))


def undeclared(request):
    return HttpResponse("ouvert par oubli")


handler404 = "assises.errors.not_found"
handler500 = "assises.errors.server_error"
urlpatterns = [
    path("<slug:departement>/essai/ecrire/", write),
    path("<slug:departement>/essai/500/", write_then_answer_500),
    path("<slug:departement>/essai/erreur/", write_then_fail),
    path("<slug:departement>/essai/tard/", render_late),
    path("<slug:departement>/essai/flux/", stream),
    path("<slug:departement>/essai/base/", lose_the_database),
    path("<slug:departement>/essai/public/", who_is_told),
    path("essai/non-declaree/", undeclared, name="undeclared"),
    path("", include("assises.urls")),
]
