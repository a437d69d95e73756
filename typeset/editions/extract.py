"""Extracts the source of an issue from its archive.

An archive may come from anybody, so the names of its files are checked before anything is written,
and decompression stops at a limit.
"""

from __future__ import annotations

import hashlib
import io
import logging
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pikepdf

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.errors import ContentError, UsageError
from typeset.files.new_files import contents_of, new_folder
from typeset.files.portable_paths import doubles, fault_of_source
from typeset.manifest.load import ISSUE_FILE, PUBLICATION_FILE
from typeset.source import Location

__all__ = ["extract"]

MAX_ARCHIVE_BYTES = 500_000_000
MAX_FILES = 5_000
MAX_FILE_BYTES = 200_000_000
MAX_ALL_BYTES = 500_000_000
_MEMORY = 3 * 1024**3
"""Bytes of memory for reading an archive, whose objects are compressed too."""
_MOST_MESSAGES = 20
"""Bad names to report; more of them have the same cause."""
_SOURCE = "/Source"
_HINT = "name the file that `typeset-press build --edition archive` made"


def extract(archive: Path, folder: Path) -> list[Path]:
    """Write the files that an archive edition holds to a new folder: all of them or none.

    Args:
        archive: the PDF.
        folder: the folder; it is new or empty.

    Returns:
        The files written, in order.

    Raises:
        ContentError: if the file is no archive, is damaged, or holds what may not be written.
        UsageError: if there is no such file, or the folder is not empty.
        EnvironmentFault: if the files cannot be written.
    """
    _require_empty(folder)
    report = Report()
    place = Location(str(archive))
    data = _read(archive, place, report)
    with _memory_limited(), _quiet():
        try:
            files = _unpacked(data, place, report)
        except MemoryError:
            message = f"{place.path} unpacks to more than any issue holds"
            report.add(Code.ARCHIVE_TOO_LARGE, message, place)
            files = {}
    if not report.failed:
        _require_issue(files, place, report)
    report.stop_on_errors()
    with new_folder(folder, files, last=PUBLICATION_FILE):
        pass  # `_unpacked` has compared every file with its checksum
    return [folder / path for path in sorted(files)]


def _require_empty(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file, not a folder", hint="name another folder")
    if contents := contents_of(folder):
        hint = "name a new folder"
        raise UsageError(f"the folder {folder} is not empty; it holds {contents[0]}", hint=hint)


def _read(archive: Path, place: Location, report: Report) -> bytes:
    if not archive.is_file():
        raise UsageError(f"there is no file {archive}")
    try:
        if archive.stat().st_size > MAX_ARCHIVE_BYTES:
            size = MAX_ARCHIVE_BYTES // 1_000_000
            report.add(Code.ARCHIVE_TOO_LARGE, f"{archive} is larger than {size} MB", place)
            raise ContentError(report)
        return archive.read_bytes()
    except OSError as error:
        raise UsageError(f"{archive} cannot be read ({error.strerror})") from error


@contextmanager
def _memory_limited() -> Iterator[None]:
    """Limit the memory of this process to what an archive can need, where the system can."""
    try:
        import resource
    except ImportError:
        yield  # Windows has no such limit
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    if before[0] == resource.RLIM_INFINITY or before[0] > _MEMORY:
        with suppress(OSError, ValueError):  # macOS has the limit, but refuses to set it
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, before[1]))
    try:
        yield
    finally:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, before)


@contextmanager
def _quiet() -> Iterator[None]:
    """Suppress the library's log, as diagnostics report a damaged file."""
    logger, silent = logging.getLogger("pikepdf"), logging.NullHandler()
    logger.addHandler(silent)
    try:
        yield
    finally:
        logger.removeHandler(silent)


def _unpacked(data: bytes, place: Location, report: Report) -> dict[str, bytes]:
    """Return the files attached to a PDF by their paths, or none if anything is wrong."""
    if not data.startswith(b"%PDF-"):
        report.add(Code.ARCHIVE_FOREIGN, f"{place.path} is not a PDF", place, _HINT)
        return {}
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                _report_encrypted(place, report)
                return {}
            packed = dict(_packed(pdf, place, report))
            return {} if report.failed else dict(_unpack(packed, place, report))
    except pikepdf.PasswordError:
        _report_encrypted(place, report)
    except pikepdf.PdfError:
        hint = "copy it again from an undamaged copy"
        report.add(Code.ARCHIVE_DAMAGED, f"{place.path} is damaged or cut short", place, hint)
    return {}


def _report_encrypted(place: Location, report: Report) -> None:
    message = f"{place.path} is encrypted; archives never are"
    report.add(Code.ARCHIVE_ENCRYPTED, message, place, _HINT)


def _packed(
    pdf: pikepdf.Pdf, place: Location, report: Report
) -> Iterator[tuple[str, pikepdf.Stream]]:
    """Yield the source files of a PDF by their paths, still compressed; report bad paths."""
    specs = [
        spec for spec in _items(pdf.Root.get("/AF")) if _value(spec, "AFRelationship") == _SOURCE
    ]
    if len(specs) > MAX_FILES:
        message = f"{place.path} holds {len(specs)} files, more than {MAX_FILES}"
        report.add(Code.ARCHIVE_TOO_LARGE, message, place)
        return
    names = [str(_value(spec, "UF") or _value(spec, "F") or "") for spec in specs]
    faults = {name: fault_of_source(name) for name in names}
    messages = [f"the file `{name}` {fault}" for name, fault in faults.items() if fault]
    messages += [
        f"the files `{one}` and `{other}` have the same name on some systems"
        for one, other in doubles(names)
    ]
    for message in messages[:_MOST_MESSAGES]:
        report.add(Code.ARCHIVE_NAME, message, place)
    for name, spec in zip(names, specs, strict=True):
        stream = _value(_value(spec, "EF"), "F")
        if isinstance(stream, pikepdf.Stream):
            yield name, stream
        else:
            report.add(Code.ARCHIVE_DAMAGED, f"the file `{name}` is not in {place.path}", place)


def _items(value: object) -> list[object]:
    return list(value) if isinstance(value, pikepdf.Array) else []


def _value(mapping: object, key: str) -> Any:
    """Return a value of a dictionary; None if it has none, or is not a dictionary."""
    if isinstance(mapping, pikepdf.Dictionary | pikepdf.Stream):
        return mapping.get(f"/{key}")
    return None


def _unpack(
    packed: dict[str, pikepdf.Stream], place: Location, report: Report
) -> Iterator[tuple[str, bytes]]:
    left = MAX_ALL_BYTES
    for name, stream in packed.items():
        most = min(left, MAX_FILE_BYTES)
        data = _inflated(stream, most)
        if data is not None and len(data) > most:
            message = f"the file `{name}` unpacks to more than any issue holds"
            report.add(Code.ARCHIVE_TOO_LARGE, message, place)
            return
        if data is None or _is_other(data, stream):
            report.add(Code.ARCHIVE_DAMAGED, f"the file `{name}` is damaged", place)
        else:
            left -= len(data)
            yield name, data


def _inflated(stream: pikepdf.Stream, most: int) -> bytes | None:
    """Decompress a stream up to one byte over a limit; return None if it is damaged."""
    raw = stream.read_raw_bytes()
    filters = stream.get("/Filter")
    if filters is None or not raw:
        return raw
    if filters != pikepdf.Name.FlateDecode or "/DecodeParms" in stream:
        return None
    inflater = zlib.decompressobj()
    try:
        data = inflater.decompress(raw, most + 1)
    except zlib.error:
        return None
    return data if inflater.eof or len(data) > most else None


def _is_other(data: bytes, stream: pikepdf.Stream) -> bool:
    """Return whether a file differs from the one that was attached, by its checksum."""
    checksum = _value(stream.get("/Params"), "CheckSum")
    return bytes(checksum or b"") != hashlib.md5(data, usedforsecurity=False).digest()


def _require_issue(files: dict[str, bytes], place: Location, report: Report) -> None:
    if PUBLICATION_FILE not in files or not any(
        path.rpartition("/")[2] == ISSUE_FILE for path in files
    ):
        message = f"{place.path} holds no issue of typeset"
        report.add(Code.ARCHIVE_FOREIGN, message, place, _HINT)
