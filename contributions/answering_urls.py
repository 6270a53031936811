"""Where people write and send: looked for before any other address of a department."""

from django.urls import path

from contributions.views import answering

urlpatterns = [
    path("etape/<int:number>/", answering.answer_step, name="answer_step"),
    path("relire/", answering.review_answers, name="review_answers"),
]
