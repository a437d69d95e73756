"""Printing: the pages of an issue and of its articles, and the files that editions make of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from typeset.diagnostics import Report
from typeset.editions import Edition, Material, offprints_of
from typeset.errors import ContentError
from typeset.html import Design, print_job
from typeset.layout import LayoutProcess
from typeset.model import Offprint
from typeset.pages import DocumentFault, LaidOut, MakeJob, Progress
from typeset.preflight import Subject, preflight
from typeset.source import Location

__all__ = ["PrintedFile", "Printer"]

OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """A file of an edition, not yet written."""

    edition: str
    suffix: str
    """What its name ends with, after the issue's slug."""
    pages: int
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Printer:
    """Lays an issue out, and its articles one by one, and judges the pages."""

    process: LayoutProcess
    material: Material
    """The issue."""
    design: Design
    report: Report
    """Told of what is wrong with settings, templates and pages."""

    def print_editions(
        self, editions: Sequence[Edition], on_progress: OnProgress
    ) -> tuple[LaidOut, list[PrintedFile]]:
        """Return the pages of the issue, and the files of its editions in their order.

        Args:
            editions: what is wanted; the issue is laid out for those of its articles too.
            on_progress: told of each step.

        Raises:
            ContentError: if a setting or a template cannot be used, if pages take too much time or
                memory, or if those of the issue have errors where its articles are wanted.
            EnvironmentFault: if the layout process fails.
        """
        material, report = self.material, self.report
        whole = [edition for edition in editions if not edition.each_article]
        prints = tuple(edition.prepare(material, report) for edition in whole)
        report.stop_on_errors()
        make_job = partial(print_job, material.issue, self.design, material.created, prints)
        pages = self._lay_out(make_job, on_progress)
        self._judge(Subject(material.manifest, material.issue, self.design.geometry, pages))
        files: list[PrintedFile] = []
        for edition in editions:
            if edition.each_article:
                report.stop_on_errors()  # an article that is lost has no folios
                for offprint in offprints_of(material.issue, pages):
                    on_progress(Progress("offprint", offprint.number))
                    files.append(self._print_article(offprint, edition))
            else:
                files.append(_file_of(edition, edition.suffix, pages))
        return pages, files

    def _print_article(self, offprint: Offprint, edition: Edition) -> PrintedFile:
        """Lay an article out by itself."""
        material = replace(self.material, issue=offprint.issue, offprint=offprint)
        asked = edition.prepare(material, self.report)
        make_job = partial(
            print_job, offprint.issue, self.design, material.created, (asked,), offprint
        )
        pages = self._lay_out(make_job, _silent)
        self._judge(
            Subject(material.manifest, offprint.issue, self.design.geometry, pages, offprint)
        )
        return _file_of(edition, edition.suffix.format(number=offprint.number), pages)

    def _lay_out(self, make_job: MakeJob, on_progress: OnProgress) -> LaidOut:
        try:
            return self.process.run(make_job, on_progress)
        except DocumentFault as fault:
            if not fault.is_own:
                raise
            hint = "mend the template, or take it away: the usual one then serves"
            place = Location(fault.path, fault.line)
            self.report.error("template-unusable", fault.message, place, hint)
            raise ContentError(self.report) from fault

    def _judge(self, subject: Subject) -> None:
        """Tell what is wrong with pages, and with the files that were made of them.

        Of an offprint only what the pages of the issue did not tell already, with its number.
        """
        found = Report()
        preflight(subject, found)
        for finished in subject.pages.files.values():
            for diagnostic in finished.diagnostics:
                found.add(diagnostic)
        told = {replace(diagnostic, page=None) for diagnostic in self.report}
        for diagnostic in found:
            if subject.offprint is None:
                self.report.add(diagnostic)
            elif replace(diagnostic, page=None) not in told:
                message = f"offprint {subject.offprint.number:02}: {diagnostic.message}"
                self.report.add(replace(diagnostic, message=message))


def _file_of(edition: Edition, suffix: str, pages: LaidOut) -> PrintedFile:
    """Return an edition's file, which is empty where pages have lost something."""
    finished = pages.files.get(edition.name)
    return PrintedFile(edition.name, suffix, pages.pages, finished.data if finished else b"")


def _silent(_progress: Progress) -> None:
    """Report progress to nobody."""
