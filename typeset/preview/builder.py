"""Builds in the background; a newer save replaces the build under way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.files.assets import styles_folder
from typeset.layout.protocol import Progress
from typeset.preview.phases import Event, Phase, next_phase
from typeset.preview.proof import Proof
from typeset.preview.session import PreviewSession

__all__ = ["Builder", "Display"]

_MOST_ABANDONED = 3
"""How many builds in a row may be abandoned."""


class Display(Protocol):
    """Shows what builds give."""

    @property
    def sight(self) -> int:
        """The page that is looked at, from 1."""

    def enter(self, phase: Phase) -> None:
        """Show the phase."""

    def begin(self, progress: Progress) -> None:
        """Show a step of the build under way."""

    def show_early(self, progress: Progress) -> None:
        """Show the page in sight before the others."""

    def show(self, proof: Proof) -> None:
        """Show what a build gave."""


class Builder:
    """Builds an issue in its own thread, and again after each change.

    A change during a build makes that build useless, so it is abandoned.  This happens only a few
    times in a row, so that an author who saves all the time sees pages too.  These pages show the
    files as they were when that build began, and the next build follows at once.

    Args:
        session: builds the issue.
        display: shows what comes of it, and knows which page is looked at.
        on_proof: called with each proof once it is shown, without its web page.
    """

    def __init__(
        self, session: PreviewSession, display: Display, on_proof: Callable[[Proof], None]
    ) -> None:
        self._session = session
        self._display = display
        self._on_proof = on_proof
        self._styles = styles_folder().resolve()
        self._wake = threading.Condition()
        self._phase = Phase.EDITING
        self._changed_styles = False
        """Whether the built-in styles are among the changed files."""
        self._abandoned = 0
        self._thread = threading.Thread(target=self._work, name="builder", daemon=True)

    def start(self) -> None:
        """Start the thread, and with it the first build."""
        self._thread.start()

    def change(self, files: Sequence[Path] = ()) -> None:
        """Request a build as files have changed: these, or unknown ones if none are given."""
        with self._wake:
            self._changed_styles |= any(file.is_relative_to(self._styles) for file in files)
            if self._phase is Phase.BUILDING and self._abandoned < _MOST_ABANDONED:
                self._abandoned += 1
                self._session.abandon()
            self._note(Event.CHANGED)
            self._display.enter(self._phase)
            self._wake.notify()

    def stop(self) -> None:
        """End the thread, and abandon what it does."""
        with self._wake:
            self._note(Event.ENDED)
            self._session.abandon(at_once=True)
            self._wake.notify()
        self._thread.join()
        self._session.close()

    def _note(self, event: Event) -> bool:
        """Enter the phase after an event, with the lock held; return whether there is one."""
        phase = next_phase(self._phase, event)
        self._phase = phase or self._phase
        return phase is not None

    def _work(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._phase in {Phase.EDITING, Phase.ENDED})
                if not self._note(Event.BEGAN):
                    return
                styles, self._changed_styles = self._changed_styles, False
                self._display.enter(self._phase)
            proof = self._build(styles_changed=styles)
            with self._wake:
                if proof is None:
                    self._note(Event.ABANDONED)  # the changed files are not shown yet
                    continue
                self._abandoned = 0
                if not self._note(Event.FAILED if proof.issue is None else Event.FINISHED):
                    continue
            self._publish(proof)

    def _build(self, *, styles_changed: bool) -> Proof | None:
        sight = self._display.sight
        try:
            return self._session.build(self._show_step, sight, styles_changed=styles_changed)
        except Exception as error:  # noqa: BLE001 - a preview outlives any build
            return _fault(error)

    def _show_step(self, progress: Progress) -> None:
        """Show a step, unless it is one of a build that was abandoned."""
        if progress.step == "sight":
            with self._wake:
                is_wanted = self._note(Event.DRAWN)
            if is_wanted:
                self._display.show_early(progress)
        elif self._phase is Phase.BUILDING:
            self._display.begin(progress)

    def _publish(self, proof: Proof) -> None:
        """Show the pages, and then the web page, which nobody should wait for."""
        try:
            self._show(proof)
            self._on_proof(proof)
            complete = self._session.with_web_page(proof)
            if complete is not None:
                self._show(complete)
        except Exception as error:  # noqa: BLE001 - it outlives any pages, too
            fault = _fault(error)
            with self._wake:
                self._note(Event.FAILED)
            self._show(fault)
            self._on_proof(fault)

    def _show(self, proof: Proof) -> None:
        self._display.show(proof)
        with self._wake:
            self._display.enter(self._phase)


def _fault(error: Exception) -> Proof:
    report = Report()
    hint = "this is a defect of typeset; please report it with the input that shows it"
    message = f"internal fault ({type(error).__name__}: {error})"
    report.add(Code.INTERNAL_FAULT, message, None, hint)
    return Proof(None, report, 0.0)
