from pathlib import Path

import pytest

from assises.embedded.testing import free_folder, spread


@pytest.mark.parametrize(
    "arguments",
    [
        ["assises/tests/test_a.py::test_b"],
        ["assises/tests/test_a.py"],
        ["-n", "3"],
        ["-n0"],
        ["--numprocesses=2"],
        ["-p", "no:xdist"],
        ["--pdb"],
        ["--collect-only"],
    ],
)
def test_one_process(arguments: list[str]) -> None:
    assert spread(arguments) == []


@pytest.mark.parametrize(
    "arguments", [[], ["-k", "meeting"], ["a.py", "b.py"], ["assises", "--color=no"], ["-m", "slow"]]
)
def test_several_processes(arguments: list[str]) -> None:
    assert spread(arguments)[0] == "-n"


def test_two_runs_have_a_folder_each(tmp_path: Path) -> None:
    (first, _), (second, _) = free_folder(tmp_path), free_folder(tmp_path)
    assert first != second
