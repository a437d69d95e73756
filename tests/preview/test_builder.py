"""The newest save wins, and nothing ends the preview's building but its end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import cast

from tests.preview.serving import wait_for
from typeset.diagnostics import Report
from typeset.files.assets import styles_folder
from typeset.layout.protocol import Progress
from typeset.preview.builder import Builder
from typeset.preview.proof import Proof
from typeset.preview.session import Workshop


class FakeWorkshop:
    """Builds whatever the files hold when it begins; a build goes on until it is let go."""

    def __init__(self) -> None:
        self.text = 0
        self.begun: list[int] = []
        self.styles: list[bool] = []
        self.abandoned = 0
        self.prepared = 0
        self.revised: list[Proof] = []
        self.fault: Exception | None = None
        self._go = threading.Semaphore(0)
        self._given_up = False

    def build(
        self, on_progress: Callable[[Progress], None], *, styles_changed: bool
    ) -> Proof | None:
        text = self.text
        self.begun.append(text)
        self.styles.append(styles_changed)
        self._go.acquire()
        if self.fault:
            fault, self.fault = self.fault, None
            raise fault
        given_up, self._given_up = self._given_up, False
        return None if given_up else Proof(None, Report(), float(text))

    def revise(self) -> Proof | None:
        return self.revised.pop(0) if self.revised else None

    def prepare(self) -> None:
        self.prepared += 1

    def abandon(self) -> None:
        self.abandoned += 1
        self._given_up = True
        self._go.release()

    def stop(self) -> None:
        self.abandon()

    def close(self) -> None:
        pass

    def finish(self) -> None:
        self._go.release()


class Desk:
    """Builds, and keeps what was shown."""

    def __init__(self) -> None:
        self.workshop = FakeWorkshop()
        self.shown: list[Proof] = []
        self.while_shown: list[Callable[[], object]] = []
        self.builder = Builder(cast(Workshop, self.workshop), lambda _: None, self.show)
        self.builder.start()
        wait_for(lambda: len(self.workshop.begun) == 1)

    def show(self, proof: Proof) -> None:
        if self.while_shown:
            self.while_shown.pop()()
        self.shown.append(proof)

    def save(self) -> None:
        self.workshop.text += 1
        self.builder.change()

    @property
    def texts(self) -> list[float]:
        return [proof.seconds for proof in self.shown]


def test_a_save_while_a_build_is_under_way_is_what_is_shown() -> None:
    desk = Desk()
    desk.save()
    wait_for(lambda: desk.workshop.begun == [0, 1])
    desk.workshop.finish()
    wait_for(lambda: desk.texts == [1])
    desk.builder.stop()


def test_two_hundred_saves_end_with_the_last_and_few_builds() -> None:
    desk = Desk()
    for _ in range(200):
        desk.save()
    done = threading.Event()

    def finish_all() -> None:
        while not done.wait(0.01):
            desk.workshop.finish()

    finishing = threading.Thread(target=finish_all)
    finishing.start()
    wait_for(lambda: desk.texts[-1:] == [200])
    done.set()
    finishing.join()
    assert len(desk.workshop.begun) <= 10
    assert desk.texts == sorted(desk.texts)
    desk.builder.stop()


def test_who_saves_all_the_time_sees_something_all_the_same() -> None:
    desk = Desk()
    for count in range(2, 5):
        desk.save()
        wait_for(lambda count=count: len(desk.workshop.begun) == count)  # type: ignore[misc]
    desk.save()  # the fourth build in a row is not given up
    assert desk.workshop.abandoned == 3
    desk.workshop.finish()
    wait_for(lambda: desk.texts == [3])
    wait_for(lambda: desk.workshop.begun[-1] == 4)
    desk.workshop.finish()
    wait_for(lambda: desk.texts == [3, 4])
    desk.builder.stop()


def test_a_fault_is_told_and_the_next_save_is_built() -> None:
    desk = Desk()
    desk.workshop.fault = ZeroDivisionError("by nought")
    desk.workshop.finish()
    wait_for(lambda: len(desk.shown) == 1)
    (diagnostic,) = desk.shown[0].report
    assert (diagnostic.code, "by nought" in diagnostic.message) == ("internal-fault", True)
    desk.save()
    desk.workshop.finish()
    wait_for(lambda: desk.texts[1:] == [1])
    desk.builder.stop()


def test_a_save_while_pages_are_shown_is_built_too() -> None:
    desk = Desk()
    desk.while_shown.append(desk.save)
    desk.workshop.finish()
    wait_for(lambda: desk.workshop.begun == [0, 1])
    desk.workshop.finish()
    wait_for(lambda: desk.texts == [0, 1])
    desk.builder.stop()


def test_what_was_given_up_is_built_again_whoever_gave_it_up() -> None:
    """As when a save comes in the very moment in which a build is done."""
    desk = Desk()
    desk.workshop.abandon()
    wait_for(lambda: desk.workshop.begun == [0, 0])
    desk.workshop.finish()
    wait_for(lambda: desk.texts == [0])
    desk.builder.stop()


def test_styles_that_come_with_typeset_are_read_again_when_they_change() -> None:
    desk = Desk()
    desk.workshop.finish()
    wait_for(lambda: desk.texts == [0])
    desk.builder.change([Path("/elsewhere/print.css")])
    desk.workshop.finish()
    wait_for(lambda: desk.texts == [0, 0])
    desk.builder.change([styles_folder().resolve() / "brief" / "print.css"])
    desk.workshop.finish()
    wait_for(lambda: desk.texts == [0, 0, 0])
    assert desk.workshop.styles == [False, False, True]
    desk.builder.stop()


def test_pages_that_cannot_be_shown_are_told_and_the_next_save_is_built() -> None:
    desk = Desk()
    desk.while_shown.append(lambda: 1 // 0)
    desk.workshop.finish()
    wait_for(lambda: len(desk.shown) == 1)
    assert [diagnostic.code for diagnostic in desk.shown[0].report] == ["internal-fault"]
    desk.save()
    desk.workshop.finish()
    wait_for(lambda: desk.texts[1:] == [1])
    desk.builder.stop()


def test_it_ends_in_the_midst_of_a_build() -> None:
    desk = Desk()
    desk.builder.stop()
    assert desk.shown == []


def test_what_changes_nothing_is_not_built_again() -> None:
    desk = Desk()
    desk.workshop.finish()
    wait_for(lambda: desk.texts == [0])
    desk.workshop.revised.append(Proof(None, Report(), 7.0))
    desk.save()
    wait_for(lambda: desk.texts == [0, 7])
    desk.save()
    wait_for(lambda: desk.workshop.begun == [0, 2])
    desk.builder.stop()


def test_who_goes_on_writing_starts_no_build() -> None:
    """The pages that each edit touched are shown; the build begins when there is time for it."""
    desk = Desk()
    desk.workshop.finish()
    wait_for(lambda: desk.texts == [0])
    desk.workshop.revised += [Proof(None, Report(), float(n), range(1, 2)) for n in (7, 8)]
    desk.while_shown.append(desk.save)
    desk.save()
    wait_for(lambda: desk.texts == [0, 7, 8])
    wait_for(lambda: desk.workshop.begun == [0, 2])
    assert desk.workshop.abandoned == 0
    desk.builder.stop()


def test_the_pages_are_shown_before_they_are_made_ready_to_be_revised() -> None:
    desk = Desk()
    prepared: list[int] = []
    desk.while_shown.append(lambda: prepared.append(desk.workshop.prepared))
    desk.workshop.finish()
    wait_for(lambda: desk.workshop.prepared == 1)
    assert prepared == [0]
    desk.builder.stop()
