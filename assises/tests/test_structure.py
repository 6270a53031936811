"""The one direction of dependency: an app imports from those to its left, and models import neither views nor jobs."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# From left to right. The ground comes first; "assises" itself (urls, settings, context) sees everything.
ORDER = [
    "assises.embedded",
    "assises.tenancy",
    "assises.workflow",
    "assises.jobs",
    "assises.outbox",
    "assises.look",
    "assises.accounts",
    "assises.legal",
    "consultations",
    "contributions",
    "syntheses",
]
SEES_EVERYTHING = {"assises.urls", "assises.settings", "assises.celery", "assises.testing"}
BEHIND_MODELS = {"views", "forms", "tasks", "emails"}


def modules():
    """Every module of the product with its dotted name; tests may import what they like."""
    for top in ("assises", "consultations", "contributions", "syntheses"):
        for path in sorted(ROOT.glob(f"{top}/**/*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            if ".tests" not in name:
                yield name, path


def imports(path, name):
    """What a file imports, anywhere in it, as absolute names."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([base] if base else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def place(name):
    return next((number for number, app in enumerate(ORDER) if name == app or name.startswith(f"{app}.")), None)


def wrong_way(name, imported):
    here, there = place(name), place(imported)
    return name not in SEES_EVERYTHING and here is not None and there is not None and there > here


def into_views(name, imported):
    return ".models" in name and BEHIND_MODELS & set(imported.split(".")) and place(imported) is not None


def test_no_import_runs_against_the_direction():
    arrows = [f"{n} → {i}" for n, path in modules() for i in imports(path, n) if wrong_way(n, i)]
    assert arrows == []


def test_models_import_neither_views_nor_forms_nor_jobs_nor_mails():
    arrows = [f"{n} → {i}" for n, path in modules() for i in imports(path, n) if into_views(n, i)]
    assert arrows == []


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("assises.tenancy.context", "from assises.accounts.models import User", True),
        ("assises.jobs.run", "def f():\n    from assises.accounts import gate", True),
        ("assises.accounts.gate", "from assises.tenancy.context import Scope", False),
        ("assises.urls", "import syntheses.views", False),
        ("consultations.models", "from contributions.models import Contribution", True),
    ],
)
def test_an_arrow_that_runs_backwards_is_found(tmp_path, name, text, found):
    """The negative control: the same search over a file made for it."""
    path = tmp_path / "module.py"
    path.write_text(text, encoding="utf-8")
    assert any(wrong_way(name, imported) for imported in imports(path, name)) is found
