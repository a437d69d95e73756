"""Builds in the background; a newer save replaces the build under way."""

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

_MOST_ABANDONED = 3
"""How many builds in a row may be abandoned."""


class Builder:
    """Builds an issue in its own thread, and again after each change.

    A change during a build makes that build useless, so it is abandoned.  This happens only a few
    times in a row, so that an author who saves all the time sees pages too.  These pages show the
    files as they were when that build began, and the next build follows at once.

    Args:
        session: builds the issue.
        on_progress: called with each step.
        on_proof: called with each proof.
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
        self._abandoned = 0
        self._ended = False
        self._thread = threading.Thread(target=self._work, name="builder", daemon=True)

    def start(self) -> None:
        """Start the thread, and with it the first build."""
        self._thread.start()

    def change(self, files: Sequence[Path] = ()) -> None:
        """Request a build as files have changed: these, or unknown ones if none are given."""
        styles = any(file.is_relative_to(self._styles) for file in files)
        with self._wake:
            self._changed = True
            self._styles_changed |= styles
            if self._building and self._abandoned < _MOST_ABANDONED:
                self._abandoned += 1
                self._building = False
                self._session.abandon()
            self._wake.notify()

    def stop(self) -> None:
        """End the thread, and abandon what it does."""
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
                    self._changed = True  # the changed files are not shown yet
                else:
                    self._abandoned = 0
            if proof is not None:
                self._publish(proof)

    def _is_wanted(self) -> bool:
        return self._changed or self._ended

    def _build(self, *, styles_changed: bool) -> Proof | None:
        try:
            return self._session.build(self._on_progress, styles_changed=styles_changed)
        except Exception as error:  # noqa: BLE001 - a preview outlives any build
            return _fault(error)

    def _publish(self, proof: Proof) -> None:
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
