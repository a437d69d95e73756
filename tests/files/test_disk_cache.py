"""The cache on the disk: where it is, and how much it keeps."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import typeset.files.disk_cache
from typeset.files.disk_cache import cache_folder, key_of, load, store


@pytest.mark.parametrize(
    ("variables", "platform", "folder"),
    [
        ({"HOME": "/home/ada"}, "linux", "/home/ada/.cache/typeset/fonts"),
        ({"HOME": "/Users/ada"}, "darwin", "/Users/ada/Library/Caches/typeset/fonts"),
        ({"HOME": "/home/ada", "XDG_CACHE_HOME": "/big"}, "linux", "/big/typeset/fonts"),
        (
            {"HOME": "/home/ada", "XDG_CACHE_HOME": "near"},
            "linux",
            "/home/ada/.cache/typeset/fonts",
        ),
        ({"HOME": "/home/ada", "TYPESET_CACHE": "/mine"}, "darwin", "/mine/fonts"),
        ({"HOME": "/home/ada", "TYPESET_CACHE": ""}, "linux", None),
        ({}, "linux", None),
    ],
)
def test_the_cache_is_where_the_system_keeps_caches(
    variables: dict[str, str], platform: str, folder: str | None
) -> None:
    assert cache_folder("fonts", variables, platform) == (Path(folder) if folder else None)


def test_another_file_or_recipe_has_another_key() -> None:
    keys = {key_of(file, recipe) for file in (b"a", b"ab") for recipe in ("b", "", "ab")}
    assert len(keys) == 6


def test_what_was_not_used_for_longest_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typeset.files.disk_cache, "_MOST_BYTES", 3500)
    for number, key in enumerate(("first", "second", "third")):
        store(tmp_path, key, bytes(1000))
        os.utime(tmp_path / key, (number, number))
    assert load(tmp_path, "first") == bytes(1000)  # so it was used last
    store(tmp_path, "fourth", bytes(1000))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first", "fourth", "third"]


def test_what_is_larger_than_the_cache_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typeset.files.disk_cache, "_MOST_BYTES", 999)
    store(tmp_path, "large", bytes(1000))
    assert list(tmp_path.iterdir()) == []
