"""Answers that a question proposes: each has a key that outlives its words, so that a typo can be mended. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.text import slugify

Choice = dict[str, str]
LONGEST_KEY = 40
# No slug begins with an underscore: these two can never be the key of a written choice.
OTHER, DECLINED = "_autre", "_sans-reponse"
YES_OR_NO = [{"key": "oui", "label": "Oui"}, {"key": "non", "label": "Non"}]


def keyed(labels: Iterable[str], before: Sequence[Choice] = ()) -> list[Choice]:
    """Choices for these words. What was there `before` keeps its key: the same words first, then the same place."""
    labels = list(labels)
    known = {choice["label"]: choice["key"] for choice in before}
    keys: list[str | None] = [known.get(label) for label in labels]
    if len(labels) == len(before):
        free = {choice["key"] for choice in before} - set(keys)
        for place, choice in enumerate(before):
            if keys[place] is None and choice["key"] in free:
                keys[place] = choice["key"]
    taken = {choice["key"] for choice in before}
    choices = []
    for label, key in zip(labels, keys, strict=True):
        found = key or next(each for each in _numbered(slugify(label)[:LONGEST_KEY] or "choix") if each not in taken)
        taken.add(found)
        choices.append({"key": found, "label": label})
    return choices


def labels_of(choices: Sequence[Choice]) -> list[str]:
    return [choice["label"] for choice in choices]


def _numbered(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1
