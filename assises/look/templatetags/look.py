"""The few tags that a template needs to compose components; what they look like is in templates/components/."""

from collections.abc import Iterable
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()

NUMBERS = ("Aucune", "Une", "Deux", "Trois", "Quatre", "Cinq", "Six", "Sept", "Huit", "Neuf", "Dix")
CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "textarea"),
    (forms.SelectMultiple, "input"),
    (forms.Select, "select"),
    (forms.FileInput, "input input-file"),
    (forms.NumberInput, "input input-short"),
    (forms.DateTimeInput, "input input-date"),
    (forms.DateInput, "input input-date"),
    (forms.TimeInput, "input input-short"),
    (forms.CheckboxInput, ""),
    (forms.HiddenInput, ""),
    (forms.widgets.Input, "input"),
)


@register.simple_block_tag
def component(content: SafeString, name: str, **values: Any) -> SafeString:
    """A component around some content; like an include with `only`, it sees nothing but what it is given."""
    return render_to_string(f"components/{name}.html", {**values, "content": content})


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(*trail: str) -> dict[str, Any]:
    """{% breadcrumb "Accueil" home_url "Équipe" %}: a label and its address in turn, then the page itself."""
    return {"parents": list(zip(trail[:-1:2], trail[1::2], strict=False)), "current": trail[-1]}


@register.inclusion_tag("components/progress.html")
def progress(number: int, total: int, *, aside: str = "") -> dict[str, Any]:
    """Where one is in a series of pages: words first, segments as decoration."""
    states = ["done" if n < number else "now" if n == number else "" for n in range(1, total + 1)]
    return {"number": number, "total": total, "aside": aside, "segments": states}


@register.inclusion_tag("components/bars.html")
def bars(
    rows: Iterable[tuple[str, int]], *, caption: str, unit: str, head: str = "Canal", total: str = ""
) -> dict[str, Any]:
    """A table that is its own chart. `rows` are (label, number); `total` names the sum, when a sum makes sense."""
    rows = [(str(label), number) for label, number in rows]
    highest = max((number for _, number in rows), default=0) or 1
    return {
        "rows": [{"label": label, "number": n, "width": f"{100 * n / highest:.1f}%"} for label, n in rows],
        "caption": caption,
        "unit": unit,
        "head": head,
        "total": total,
        "sum": sum(number for _, number in rows),
    }


@register.inclusion_tag("components/errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """What has to be mended in a form or a formset, with a link to each field."""
    found = [problem for part in getattr(form, "forms", [form]) for problem in _problems(part)]
    if hasattr(form, "forms"):
        found += [{"target": "", "text": text} for text in form.non_form_errors()]
    return {"errors": found, "title": _errors_title(found), "kept": _keeps_what_was_typed(form)}


def _problems(form: forms.BaseForm) -> list[dict[str, str]]:
    found = [{"target": "", "text": text} for text in form.non_field_errors()]
    for field in form:
        label = "" if field.is_hidden else f"{field.label}\u00a0: "
        target = "" if field.is_hidden else target_of(field)
        found += [{"target": target, "text": f"{label}{text}"} for text in field.errors]
    return found


def _errors_title(found: list[dict[str, str]]) -> str:
    linked = sum(1 for problem in found if problem["target"])
    if linked == 0:
        return "Cela n’a pas abouti"
    number = NUMBERS[linked] if linked < len(NUMBERS) else str(linked)
    return f"{number} réponse est à revoir" if linked == 1 else f"{number} réponses sont à revoir"


def _keeps_what_was_typed(form: Any) -> bool:
    """Browsers are never sent a password or a file back, so nothing is promised where there is one."""
    parts = getattr(form, "forms", [form])
    visible = [field.field.widget for part in parts for field in part.visible_fields()]
    return len(visible) > 1 and not any(isinstance(w, forms.PasswordInput | forms.FileInput) for w in visible)


@register.simple_tag
def relabel(form: forms.BaseForm | None, **labels: str) -> str:
    """Our words for the fields of a form that is not ours; to be said before the form is shown."""
    for name, label in labels.items():
        if form is not None and name in form.fields:
            form.fields[name].label = form[name].label = label
    return ""


@register.simple_tag
def rehint(form: forms.BaseForm | None, **hints: str) -> str:
    """Our hints for the fields of a form that is not ours; to be said before the form is shown."""
    for name, hint in hints.items():
        if form is not None and name in form.fields:
            form.fields[name].help_text = form[name].help_text = hint
    return ""


@register.filter
def target_of(field: BoundField) -> str:
    """The id that a link to this field leads to: the input, or the group when there are several."""
    return field.auto_id or field.html_name


@register.filter
def is_choice_list(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def is_single_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_group(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.MultiWidget)


@register.filter
def described_by(field: BoundField) -> str:
    """Ids of hint, warning and error, in the order in which they are read."""
    parts = (
        (field.help_text, "helptext"),
        (getattr(field.field, "warning", ""), "warning"),
        (field.errors, "error"),
    )
    return " ".join(f"{target_of(field)}_{suffix}" for present, suffix in parts if present)


@register.simple_tag
def field_input(field: BoundField) -> SafeString:
    """The field's own widget, dressed and tied to its hint, warning and error."""
    attrs = _dress(field.field.widget)
    if not field.use_fieldset and (described := described_by(field)):
        attrs["aria-describedby"] = described
    return field.as_widget(attrs=attrs)


@register.simple_tag
def option_input(option: BoundWidget) -> SafeString:
    """One radio button or checkbox of a list, without the label that Django would add."""
    return option.tag(wrap_label=False)


@register.filter
def parts(field: BoundField) -> list[dict[str, Any]]:
    """The inputs of a field that is asked in several boxes, such as a day and an hour."""
    widget = field.field.widget
    labels = getattr(widget, "part_labels", ("",) * len(widget.widgets))
    attrs = field.build_widget_attrs({"id": field.auto_id})
    context = widget.get_context(field.html_name, field.value(), attrs)["widget"]
    found = []
    for label, part, data in zip(labels, widget.widgets, context["subwidgets"], strict=True):
        data["attrs"].update(_dress(part))
        box = BoundWidget(part, data, field.form.renderer)
        found.append({"label": label, "id": data["attrs"]["id"], "input": box.tag()})
    return found


def _dress(widget: forms.Widget) -> dict[str, Any]:
    """Its class, and no placeholder: it would vanish at the first letter, and the label already says it."""
    own = widget.attrs.get("class", "")
    look = next((name for kind, name in CLASSES if isinstance(widget, kind)), "")
    return {"class": f"{look} {own}".strip() or False, "placeholder": False}
