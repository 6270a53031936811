"""Pages for those who have a code and do not know whose it is."""

from django.urls import path

from contributions.views import receipts

urlpatterns = [path("", receipts.find_contribution, name="find_contribution")]
