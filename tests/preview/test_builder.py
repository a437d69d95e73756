"""A newer save replaces the build under way, and no failure stops later builds."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import cast

from tests.preview.serving import wait_for
from typeset.diagnostics import Report
from typeset.files.assets import styles_folder
from typeset.layout.protocol import Progress, silent
from typeset.preview.builder import Builder
from typeset.preview.phases import Phase
from typeset.preview.proof import Proof
from typeset.preview.session import PreviewSession


class FakeSession:
    """Builds the files as they are at the start of a build, which lasts until it is released."""

    def __init__(self) -> None:
        self.text = 0
        self.begun: list[int] = []
        self.styles: list[bool] = []
        self.sights: list[int] = []
        self.on_progress: Callable[[Progress], None] = silent
        self.abandoned = 0
        self.fault: Exception | None = None
        self._go = threading.Semaphore(0)
        self._is_abandoned = False

    def build(
        self, on_progress: Callable[[Progress], None], sight: int, *, styles_changed: bool
    ) -> Proof | None:
        text = self.text
        self.sights.append(sight)
        self.on_progress = on_progress
        self.begun.append(text)
        self.styles.append(styles_changed)
        self._go.acquire()
        if self.fault:
            fault, self.fault = self.fault, None
            raise fault
        is_abandoned, self._is_abandoned = self._is_abandoned, False
        return None if is_abandoned else Proof(None, Report(), float(text))

    def with_web_page(self, proof: Proof) -> Proof | None:
        return None

    def abandon(self, *, at_once: bool = False) -> None:
        self.abandoned += 1
        self._is_abandoned = True
        self._go.release()

    def close(self) -> None:
        pass

    def finish(self) -> None:
        self._go.release()


class Harness:
    """A builder, and its display."""

    def __init__(self) -> None:
        self.session = FakeSession()
        self.shown: list[Proof] = []
        self.while_shown: list[Callable[[], object]] = []
        self.sight = 1
        self.phases: list[Phase] = []
        self.early: list[int] = []
        self.builder = Builder(cast(PreviewSession, self.session), self, lambda _: None)
        self.builder.start()
        wait_for(lambda: len(self.session.begun) == 1)

    def enter(self, phase: Phase) -> None:
        self.phases.append(phase)

    def begin(self, progress: Progress) -> None:
        pass

    def show_early(self, progress: Progress) -> None:
        self.early.append(progress.page)

    def show(self, proof: Proof) -> None:
        if self.while_shown:
            self.while_shown.pop()()
        self.shown.append(proof)

    def save(self) -> None:
        self.session.text += 1
        self.builder.change()

    @property
    def texts(self) -> list[float]:
        return [proof.seconds for proof in self.shown]


def test_a_save_while_a_build_is_under_way_is_what_is_shown() -> None:
    harness = Harness()
    harness.save()
    wait_for(lambda: harness.session.begun == [0, 1])
    harness.session.finish()
    wait_for(lambda: harness.texts == [1])
    harness.builder.stop()


def test_two_hundred_saves_end_with_the_last_and_few_builds() -> None:
    harness = Harness()
    for _ in range(200):
        harness.save()
    done = threading.Event()

    def finish_all() -> None:
        while not done.wait(0.01):
            harness.session.finish()

    finishing = threading.Thread(target=finish_all)
    finishing.start()
    wait_for(lambda: harness.texts[-1:] == [200])
    done.set()
    finishing.join()
    assert len(harness.session.begun) <= 10
    assert harness.texts == sorted(harness.texts)
    harness.builder.stop()


def test_who_saves_all_the_time_sees_something_all_the_same() -> None:
    harness = Harness()
    for count in range(2, 5):
        harness.save()
        wait_for(lambda count=count: len(harness.session.begun) == count)  # type: ignore[misc]
    harness.save()  # the fourth build in a row is not abandoned
    assert harness.session.abandoned == 3
    harness.session.finish()
    wait_for(lambda: harness.texts == [3])
    wait_for(lambda: harness.session.begun[-1] == 4)
    harness.session.finish()
    wait_for(lambda: harness.texts == [3, 4])
    harness.builder.stop()


def test_a_fault_is_reported_and_the_next_save_is_built() -> None:
    harness = Harness()
    harness.session.fault = ZeroDivisionError("by nought")
    harness.session.finish()
    wait_for(lambda: len(harness.shown) == 1)
    (diagnostic,) = harness.shown[0].report
    assert (diagnostic.code, "by nought" in diagnostic.message) == ("internal-fault", True)
    harness.save()
    harness.session.finish()
    wait_for(lambda: harness.texts[1:] == [1])
    harness.builder.stop()


def test_a_save_while_pages_are_shown_is_built_too() -> None:
    harness = Harness()
    harness.while_shown.append(harness.save)
    harness.session.finish()
    wait_for(lambda: harness.session.begun == [0, 1])
    harness.session.finish()
    wait_for(lambda: harness.texts == [0, 1])
    harness.builder.stop()


def test_an_abandoned_build_is_repeated_in_any_case() -> None:
    """For example if a save comes at the moment in which a build ends."""
    harness = Harness()
    harness.session.abandon()
    wait_for(lambda: harness.session.begun == [0, 0])
    harness.session.finish()
    wait_for(lambda: harness.texts == [0])
    harness.builder.stop()


def test_styles_that_come_with_typeset_are_read_again_when_they_change() -> None:
    harness = Harness()
    harness.session.finish()
    wait_for(lambda: harness.texts == [0])
    harness.builder.change([Path("/elsewhere/print.css")])
    harness.session.finish()
    wait_for(lambda: harness.texts == [0, 0])
    harness.builder.change([styles_folder().resolve() / "brief" / "print.css"])
    harness.session.finish()
    wait_for(lambda: harness.texts == [0, 0, 0])
    assert harness.session.styles == [False, False, True]
    harness.builder.stop()


def test_pages_that_cannot_be_shown_are_reported_and_the_next_save_is_built() -> None:
    harness = Harness()
    harness.while_shown.append(lambda: 1 // 0)
    harness.session.finish()
    wait_for(lambda: len(harness.shown) == 1)
    assert [diagnostic.code for diagnostic in harness.shown[0].report] == ["internal-fault"]
    harness.save()
    harness.session.finish()
    wait_for(lambda: harness.texts[1:] == [1])
    harness.builder.stop()


def test_the_page_in_sight_is_asked_for_and_shown_before_the_others() -> None:
    harness = Harness()
    harness.sight = 7
    harness.session.finish()
    wait_for(lambda: harness.texts == [0])
    harness.save()
    wait_for(lambda: harness.session.sights == [1, 7])
    harness.session.on_progress(Progress("sight", 7, pdf=b"%PDF"))
    assert (harness.early, harness.texts) == ([7], [0])
    harness.session.finish()
    wait_for(lambda: harness.texts == [0, 1])
    harness.builder.stop()


def test_an_abandoned_build_shows_no_page_early() -> None:
    harness = Harness()
    on_progress = harness.session.on_progress
    harness.session.abandon = lambda *, at_once=False: None  # type: ignore[method-assign]
    harness.save()
    on_progress(Progress("sight", 1, pdf=b"%PDF"))
    assert harness.early == []
    harness.session.finish()
    wait_for(lambda: len(harness.session.begun) == 2)
    on_progress(Progress("sight", 1, pdf=b"%PDF"))
    assert harness.early == [1]
    del harness.session.abandon
    harness.builder.stop()


def test_the_display_is_in_the_phase_of_the_builder() -> None:
    harness = Harness()
    harness.session.finish()
    wait_for(lambda: harness.phases[-1] is Phase.STALE)  # without pages
    harness.save()
    wait_for(lambda: len(harness.session.begun) == 2)
    harness.session.finish()
    wait_for(lambda: harness.phases[-1] is Phase.STALE)
    assert harness.phases == [
        Phase.BUILDING,
        Phase.STALE,
        Phase.EDITING,
        Phase.BUILDING,
        Phase.STALE,
    ]
    harness.builder.stop()


def test_it_ends_in_the_midst_of_a_build() -> None:
    harness = Harness()
    harness.builder.stop()
    assert harness.shown == []
