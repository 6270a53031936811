"""The fifteen questions as a plain form."""

from django import forms

from bench.questions import LONGEST_LINE, LONGEST_TEXT, REQUIRED, facts


class Questionnaire(forms.Form):
    pass


def field_for(kind: str, label: str, choices: list[str], *, required: bool) -> forms.Field:
    offered = [(str(place), choice) for place, choice in enumerate(choices)]
    if kind == "choices":
        return forms.MultipleChoiceField(
            label=label, choices=offered, required=required, widget=forms.CheckboxSelectMultiple
        )
    if choices:
        return forms.ChoiceField(label=label, choices=offered, required=required, widget=forms.RadioSelect)
    if kind == "number":
        return forms.IntegerField(label=label, required=required, min_value=0)
    if kind == "text":
        return forms.CharField(label=label, required=required, max_length=LONGEST_LINE)
    return forms.CharField(label=label, required=required, max_length=LONGEST_TEXT, widget=forms.Textarea)


for place, fact in enumerate(facts()):
    Questionnaire.base_fields[fact["key"]] = field_for(
        fact["kind"], fact["label"], fact["choices"], required=place < REQUIRED
    )
