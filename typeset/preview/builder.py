"""Building in the background: the newest save wins."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.files.assets import styles_folder
from typeset.layout.protocol import Progress
from typeset.preview.proof import Proof
from typeset.preview.session import PreviewSession

__all__ = ["Builder"]

_MOST_GIVEN_UP = 3
"""Builds that are given up in a row."""


class Builder:
    """Builds an issue in a thread of its own, anew after each change.

    A change while a build is under way makes that build worthless, so it is given up; but only a
    few times in a row: who saves all the time shall see something too.  What is then shown is what
    the files held when that build began, and the next build follows at once.

    Args:
        session: builds the issue.
        on_progress: told of each step.
        on_proof: told of each proof.
    """

    def __init__(
        self,
        session: PreviewSession,
        on_progress: Callable[[Progress], None],
        on_proof: Callable[[Proof], None],
    ) -> None:
        self._session = session
        self._on_progress = on_progress
        self._on_proof = on_proof
        self._styles = styles_folder().resolve()
        self._wake = threading.Condition()
        self._changed = True
        self._styles_changed = False
        self._building = False
        self._given_up = 0
        self._ended = False
        self._thread = threading.Thread(target=self._work, name="builder", daemon=True)

    def start(self) -> None:
        """Begin with the first build."""
        self._thread.start()

    def change(self, files: Sequence[Path] = ()) -> None:
        """Tell that files have changed: these, or without any, whichever."""
        styles = any(file.is_relative_to(self._styles) for file in files)
        with self._wake:
            self._changed = True
            self._styles_changed |= styles
            if self._building and self._given_up < _MOST_GIVEN_UP:
                self._given_up += 1
                self._building = False
                self._session.abandon()
            self._wake.notify()

    def stop(self) -> None:
        """End, whatever is being done."""
        with self._wake:
            self._ended = True
            self._session.abandon()
            self._wake.notify()
        self._thread.join()
        self._session.close()

    def _work(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(self._is_wanted)
                if self._ended:
                    return
                styles, self._styles_changed = self._styles_changed, False
                self._changed, self._building = False, True
            proof = self._build(styles_changed=styles)
            with self._wake:
                self._building = False
                if proof is None:
                    self._changed = True  # whatever ended it, the files have not been shown
                else:
                    self._given_up = 0
            if proof is not None:
                self._tell(proof)

    def _is_wanted(self) -> bool:
        return self._changed or self._ended

    def _build(self, *, styles_changed: bool) -> Proof | None:
        try:
            return self._session.build(self._on_progress, styles_changed=styles_changed)
        except Exception as error:  # noqa: BLE001 - a preview outlives any build
            return _fault(error)

    def _tell(self, proof: Proof) -> None:
        try:
            self._on_proof(proof)
        except Exception as error:  # noqa: BLE001 - and any pages
            self._on_proof(_fault(error))


def _fault(error: Exception) -> Proof:
    report = Report()
    hint = "this is a defect of typeset; please report it with the input that shows it"
    message = f"internal fault ({type(error).__name__}: {error})"
    report.add(Code.INTERNAL_FAULT, message, None, hint)
    return Proof(None, report, 0.0)
