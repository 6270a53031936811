"""A department's pages for the public, below its name; literal addresses before those that begin with a campaign's."""

from django.urls import path

from contributions.views import answering, public, receipts

urlpatterns = [
    path("contribution/<slug:code>/", receipts.receipt, name="receipt"),
    path("contribution/<slug:code>/verifier/", receipts.receipt_check, name="receipt_check"),
    path("contribution/<slug:code>/preuve.json", receipts.receipt_proof, name="receipt_proof"),
    path("<slug:campaign>/", public.consultation, name="consultation"),
    path("<slug:campaign>/reponse/<slug:draft>/etape/<int:number>/", answering.answer_step, name="answer_step"),
    path("<slug:campaign>/reponse/<slug:draft>/relire/", answering.review_answers, name="review_answers"),
]
