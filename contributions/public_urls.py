"""A department's pages for the public, below its name; literal addresses before those that begin with a campaign's."""

from django.urls import path

from contributions.views import acts, feedback, leaving, public, receipts, register, speaking

urlpatterns = [
    path("contribution/<slug:code>/", receipts.receipt, name="receipt"),
    path("contribution/<slug:code>/verifier/", receipts.receipt_check, name="receipt_check"),
    path("contribution/<slug:code>/preuve.json", receipts.receipt_proof, name="receipt_proof"),
    path("contribution/<slug:code>/attestation.pdf", receipts.receipt_pdf, name="receipt_pdf"),
    path("contribution/<slug:code>/corriger/", acts.receipt_correct, name="receipt_correct"),
    path("contribution/<slug:code>/retirer/", acts.receipt_withdraw, name="receipt_withdraw"),
    path("contribution/<slug:code>/demande/", acts.receipt_request, name="receipt_request"),
    path("contribution/<slug:code>/courriel/", acts.receipt_mail, name="receipt_mail"),
    path("<slug:campaign>/registre/", register.register, name="register"),
    path("<slug:campaign>/registre.json", register.register_json, name="register_json"),
    path("<slug:campaign>/", public.consultation, name="consultation"),
    path("<slug:campaign>/reponse/<slug:draft>/organisme/", speaking.speak_for, name="speak_for"),
    path("<slug:campaign>/reponse/<slug:draft>/plus-tard/", leaving.leave_answers, name="leave_answers"),
    path("<slug:campaign>/reponse/<slug:draft>/", leaving.resume_answers, name="resume_answers"),
    path("<slug:campaign>/avis/", feedback.give_feedback, name="give_feedback"),
]
