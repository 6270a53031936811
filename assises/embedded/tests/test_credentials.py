import json
import multiprocessing
import shutil
import stat
from pathlib import Path

import pytest

from assises.embedded import addresses
from assises.embedded.credentials import credentials
from assises.embedded.places import make_private
from assises.embedded.problems import CannotRunError
from assises.embedded.tests.running import secrets_and_places


def test_secrets_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    addresses(tmp_path / "var")
    assert stat.S_IMODE((tmp_path / "var" / "secrets.json").stat().st_mode) == 0o600


def test_addresses_stay_the_same(tmp_path: Path) -> None:
    assert addresses(tmp_path) == addresses(tmp_path)


def test_addresses_of_two_folders_share_no_password(tmp_path: Path) -> None:
    one, other = credentials(tmp_path / "one"), credentials(tmp_path / "other")
    assert not set(vars(one).values()) & set(vars(other).values())


def test_processes_that_start_together_agree(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert len(set(pool.map(addresses, [tmp_path] * 16))) == 1


def test_sockets_of_a_deep_folder_have_a_short_path(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100) / ("e" * 100)
    _, where = secrets_and_places(deep)
    assert len(str(where.sockets / ".s.PGSQL.5432.lock")) < 104
    assert where.sockets == secrets_and_places(deep)[1].sockets


def test_copied_folder_has_other_sockets(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100)
    _, where = secrets_and_places(deep)
    shutil.copytree(deep, tmp_path / ("e" * 100))
    assert secrets_and_places(tmp_path / ("e" * 100))[1].sockets != where.sockets


def test_passwords_are_in_the_addresses(tmp_path: Path) -> None:
    known, found = credentials(tmp_path), addresses(tmp_path)
    assert (known.app in found.app_url, known.owner in found.owner_url, known.valkey in found.redis_url) == (True,) * 3


@pytest.mark.parametrize("content", ["", "{", json.dumps({"app": "x"})])
def test_damaged_secrets_file_is_explained(tmp_path: Path, content: str) -> None:
    (tmp_path / "secrets.json").write_text(content)
    with pytest.raises(CannotRunError, match="abîmé"):
        addresses(tmp_path)


def test_private_folder_loses_the_modes_that_others_had(tmp_path: Path) -> None:
    (tmp_path / "sockets").mkdir(mode=0o777)
    make_private(tmp_path / "sockets")
    assert stat.S_IMODE((tmp_path / "sockets").stat().st_mode) == 0o700


def test_link_in_place_of_a_private_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "sockets").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CannotRunError):
        make_private(tmp_path / "sockets")
