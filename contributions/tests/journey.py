"""A visitor who goes through the questionnaire of `make_open_consultation`."""

import re

from django.test import Client

from contributions import drafts

SAID = {
    "presence.jugement": "moyenne",
    "presence.lieux": ["devant-les-ecoles", "ailleurs"],
    "presence.constat": "On ne voit plus personne après 18 heures.",
    "presence.proposition": "Rouvrir le poste le samedi.",
}
MORE = {"accueil.moyen": "au-guichet", "accueil.plainte": "non", "accueil.delai": "Une heure"}
CODE = re.compile(r"\b\d[\dAB]\d?(?:-[0-9A-Z]{4}){4}\b")


class Visitor:
    """One browser, without cookies or script."""

    def __init__(self, consultation):
        self.client = Client(enforce_csrf_checks=True)
        self.start = f"/{consultation.prefecture.slug}/{consultation.campaign.slug}/"
        self.key = drafts.new_key()

    def step(self, number):
        return f"{self.start}reponse/{self.key}/etape/{number}/"

    @property
    def review(self):
        return f"{self.start}reponse/{self.key}/relire/"

    def begin(self, speaker="public"):
        return self.client.post(self.start, {"brouillon": self.key, "public": speaker})

    def answer(self, number, answers, **more):
        return self.client.post(self.step(number), {**answers, **more})

    def send(self, **more):
        return self.client.post(self.review, more)

    def write_all(self):
        """Everything up to the last button."""
        self.begin()
        self.answer(1, SAID)
        self.answer(2, MORE)
        return self

    def contribute(self):
        """The whole way; gives the code."""
        return code_in(self.write_all().send())


def code_in(response):
    assert response.status_code == 302, response.content.decode()
    return CODE.search(response.url)[0]
