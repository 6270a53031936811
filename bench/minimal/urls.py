from django.urls import path

from bench.minimal.views import answer, thanks

urlpatterns = [path("", answer), path("merci/", thanks)]
