"""Questions as a frozen questionnaire holds them, for tests that need no database."""

from consultations.asking.choices import DECLINED, OTHER, YES_OR_NO, keyed


def question(kind, *choices, key="q", other=False, decline=False, **facts):
    offered = YES_OR_NO if kind == "yes_no" else keyed(choices)
    offered = [
        *offered,
        *([{"key": OTHER, "label": "Autre, précisez"}] if other else []),
        *([{"key": DECLINED, "label": "Je ne souhaite pas répondre"}] if decline else []),
    ]
    plain = {
        "label": f"Question {key}", "help": "", "required": False, "audiences": [], "most": None, "lowest": None,
        "highest": None, "unit": "", "shown_on": "", "shown_if": [],
    }  # fmt: skip
    return {"key": key, "kind": kind, "choices": offered, **plain, **facts}


def step(*questions, key="t"):
    return {"theme": {"key": key, "title": f"Thème {key}", "description": ""}, "questions": list(questions)}


def typing(**values):
    """What a form brought: `typing(q="a")` for the question « t.q », `q_autre=` for what stands beside « Autre »."""
    typed = {f"t.{name.replace('_', '.')}": value for name, value in values.items()}

    def of(name):
        value = typed.get(name, [])
        return value if isinstance(value, list) else [value]

    return of
