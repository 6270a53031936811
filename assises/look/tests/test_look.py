"""Components, the form pack and the pages that must stand alone."""

import re
from pathlib import Path

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

from assises.look.examples import ExampleForm
from assises.look.views import components

TEMPLATES = Path(settings.BASE_DIR) / "templates"
OURS = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
ERROR_PAGES = ("403.html", "403_csrf.html", "404.html", "429.html", "500.html", "503.html")


def crispy(form):
    return Template("{% load crispy_forms_tags %}{{ form|crispy }}").render(Context({"form": form}))


@pytest.mark.parametrize("name", OURS)
def test_every_template_compiles_and_stays_short(name):
    get_template(name)
    assert len((TEMPLATES / name).read_text().splitlines()) <= 120


@pytest.mark.parametrize("name", [name for name in OURS if not name.startswith("mails/")])
def test_no_template_has_inline_style_or_script(name):
    text = (TEMPLATES / name).read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", re.sub(r"\{%.*?%\}", "", text, flags=re.DOTALL))
    for tag in re.findall(r"<script[^>]*>", text):
        assert "src=" in tag or 'type="application/json"' in tag


@pytest.mark.parametrize("name", OURS)
def test_french_is_typeset(name):
    """Narrow space before ; ? %, fixed space before : and inside « », ’ for ', and no exclamation mark."""
    text = (TEMPLATES / name).read_text()
    text = re.sub(r"<style>.*?</style>|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", "", text, flags=re.DOTALL)
    assert re.findall(r".{0,20}(?:'|!| [;:?%»]|« )", text) == []
    assert "veuillez" not in text.lower()


@pytest.mark.parametrize("name", OURS)
def test_words_given_to_components_are_typeset(name):
    tags = re.findall(
        r"\{%\s*(?:component|include|breadcrumb)\b.*?%\}", (TEMPLATES / name).read_text(), flags=re.DOTALL
    )
    words = [text for tag in tags for text in re.findall(r'"([^"]*)"', tag)]
    assert [text for text in words if re.search(r"'|!| [;:?%»]|« ", text)] == []


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_error_pages_are_the_same_for_everyone(name):
    known = {"person": "Claire", "prefecture": "Aisne", "navigation": [{"label": "x", "url": "/x"}], "demo": True}
    assert render_to_string(name) == render_to_string(name, known)


def test_components_are_all_shown(rf: RequestFactory):
    page = components(rf.get("/composants/")).content.decode()
    assert page.count("<h1") == 1
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'aria-(?:describedby|labelledby)="([^"]*)"', page):
        assert set(target.split()) <= set(ids)


def test_a_field_is_read_in_order():
    html = crispy(ExampleForm({"finding": ""}))
    parts = ["Ce que vous constatez", "id_finding_helptext", "id_finding_warning", "id_finding_error", "<textarea"]
    found = [html.index(part, html.index('for="id_finding"')) for part in parts]
    assert found == sorted(found)
    assert 'aria-describedby="id_finding_helptext id_finding_warning id_finding_error"' in html
    assert re.search(r'<textarea[^>]*aria-invalid="true"', html)


def test_the_error_summary_leads_to_each_field():
    html = crispy(ExampleForm({"mail": "x"}))
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    links = re.findall(r'href="#([^"]+)"', html)
    assert len(links) == len(ExampleForm({"mail": "x"}).errors)
    assert set(links) <= ids
    assert "Douze réponses" not in html


def test_a_form_without_errors_has_no_summary():
    html = crispy(ExampleForm())
    assert "data-focus" not in html
    assert "aria-invalid" not in html
    assert "placeholder" not in html


def test_what_was_typed_is_promised_only_when_it_is_kept():
    class Plain(forms.Form):
        title = forms.CharField()
        text = forms.CharField()

    class Secret(Plain):
        password = forms.CharField(widget=forms.PasswordInput)

    assert "est resté dans la page" in crispy(Plain({"title": "x"}))
    assert "est resté dans la page" not in crispy(Secret({"title": "x"}))


def test_people_s_text_is_escaped():
    class Plain(forms.Form):
        title = forms.CharField(max_length=3)

    html = crispy(Plain({"title": "<script>alert(1)</script>"}))
    assert "<script>" not in html


def test_errors_of_the_whole_form_are_said_without_a_link():
    class Pair(forms.Form):
        title = forms.CharField()

        def clean(self):
            raise forms.ValidationError("La fin précède le début.")

    html = crispy(Pair({"title": "x"}))
    assert "La fin précède le début." in html
    assert "Cela n’a pas abouti" in html
    assert "<a " not in html


@pytest.mark.parametrize("data", [None, {"name": ""}])
def test_a_form_that_is_not_ours_can_be_given_our_words(data):
    class Foreign(forms.Form):
        name = forms.CharField()

    form = Foreign(data)
    form.errors  # noqa: B018
    template = Template(
        '{% load look crispy_forms_tags %}{% relabel form name="Nom de la clé" other="x" %}{{ form|crispy }}'
    )
    html = template.render(Context({"form": form}))
    assert "Nom de la clé" in html
    assert "Name" not in html


def test_a_helper_lays_a_form_out():
    form = ExampleForm({"name": "Cabinet"})
    form.helper = FormHelper()
    form.helper.layout = Layout(Fieldset("Service", "name", "mail"), Submit("save", "Enregistrer"))
    template = Template("{% load crispy_forms_tags %}{% crispy form %}")
    html = template.render(Context({"form": form, "csrf_token": "jeton"}))
    assert "<legend>Service</legend>" in html
    assert re.search(r'<button[^>]*type="submit"[^>]*name="save"[^>]*>Enregistrer</button>', html)
    assert 'value="jeton"' in html
    assert " novalidate" in html


def test_a_formset_is_summed_up_once():
    formset = forms.formset_factory(ExampleForm, extra=2)(
        {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0, "form-0-name": "x"}
    )
    formset.helper = FormHelper()
    template = Template("{% load crispy_forms_tags %}{% crispy formset formset.helper %}")
    html = template.render(Context({"formset": formset, "csrf_token": "jeton"}))
    assert html.count("data-focus") == 1
    assert "form-TOTAL_FORMS" in html


def test_bars_are_measured_against_the_longest():
    template = Template('{% load look %}{% bars rows caption="Par canal" unit="Contributions" total="Reçues" %}')
    html = template.render(Context({"rows": [("En ligne", 486), ("Courriel", 243), ("Papier", 0)]}))
    assert re.findall(r'bar-value" width="([^"]+)"', html) == ["100.0%", "50.0%", "0.0%"]
    assert "729" in html


def test_bars_without_any_number_do_not_divide_by_nothing():
    template = Template('{% load look %}{% bars rows caption="Par canal" unit="Contributions" %}')
    assert "0.0%" in template.render(Context({"rows": [("En ligne", 0)]}))


def test_a_component_sees_only_what_it_is_given():
    template = Template('{% load look %}{% component "card" title="Fiche" %}{{ secret }}{% endcomponent %}')
    html = template.render(Context({"secret": "<b>", "note": "fuite"}))
    assert "&lt;b&gt;" in html
    assert "fuite" not in html


def test_legal_links_wait_for_their_pages():
    html = render_to_string("components/footer.html")
    assert "Accessibilité" in html
    assert "NoReverseMatch" not in html
