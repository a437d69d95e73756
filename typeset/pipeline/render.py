"""Printing: the pages of an issue and of its articles, and the files that editions make of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.editions import Edition, Material, offprints_of
from typeset.errors import ContentError
from typeset.html import print_job
from typeset.layout.process.parent import LayoutProcess
from typeset.layout.protocol import (
    Breach,
    ContractFault,
    DocumentFault,
    LaidOut,
    MakeFile,
    OnProgress,
    Progress,
    RenderRequest,
    silent,
)
from typeset.model import Offprint
from typeset.preflight import Subject, preflight
from typeset.source import Location

__all__ = ["EditionRenderer", "RenderedFile"]


_UNUSABLE = {
    "template": (
        Code.TEMPLATE_UNUSABLE,
        "correct the template, or delete it to use the built-in one",
    ),
    "font": (
        Code.FONT_UNUSABLE,
        "use another copy of the font, a static TrueType or OpenType font",
    ),
}
"""The code and the remedy of each kind of fault in a publication's own file."""


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A file of an edition, not yet written."""

    edition: str
    suffix: str
    """What its name ends with, after the issue's slug."""
    pages: int | None
    """How many; None if it has none."""
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class EditionRenderer:
    """Lays an issue out, and its articles one by one, and judges the pages."""

    process: LayoutProcess
    material: Material
    """The issue."""
    report: Report
    """Told of what is wrong with settings, templates and pages."""
    keep: bool = False
    """Whether the issue's pages are kept, so that after an edit only some are laid out anew."""

    def render_editions(
        self, editions: Sequence[Edition], on_progress: OnProgress
    ) -> tuple[LaidOut | None, list[RenderedFile]]:
        """Return the pages of the issue, and the files of its editions in their order.

        Args:
            editions: what is wanted; the issue is laid out for those of its articles too, and not
                at all if none is made of pages.
            on_progress: told of each step.

        Raises:
            ContentError: if a setting or a template cannot be used, if pages take too much time or
                memory, or if the issue lost content where its articles are wanted.
            EnvironmentFault: if the layout process fails.
        """
        whole = [edition for edition in editions if not edition.each_article]
        asked = {edition.name: edition.prepare(self.material, self.report) for edition in whole}
        self.report.stop_on_errors()
        requests = tuple(one for one in asked.values() if isinstance(one, RenderRequest))
        pages = None
        if requests or len(whole) < len(editions):
            pages = self._render_issue(requests, on_progress)
        files: list[RenderedFile] = []
        for edition in editions:
            task = asked.get(edition.name)
            if task is not None and not isinstance(task, RenderRequest):
                files.append(self._make_file(edition, task, on_progress))
            elif pages is not None and edition.each_article:
                if pages.losses:
                    self.report.stop_on_errors()  # an article that is lost has no folios
                for offprint in offprints_of(self.material.issue, pages):
                    on_progress(Progress("offprint", offprint.number))
                    files.append(self._render_article(offprint, edition))
            elif pages is not None:
                files.append(_file_of(edition, edition.suffix, pages))
        return pages, files

    def _render_issue(
        self, requests: tuple[RenderRequest, ...], on_progress: OnProgress
    ) -> LaidOut:
        """Lay the issue out for the editions that are made of its pages."""
        material = self.material
        issue, design, keep = material.issue, material.design, self.keep
        make_job = partial(print_job, issue, design, material.created, requests, keep=keep)
        with self._faults_of_files():
            pages = self.process.run(make_job, on_progress)
        self._judge(Subject(material.manifest, issue, design.geometry, pages))
        return pages

    def _render_article(self, offprint: Offprint, edition: Edition) -> RenderedFile:
        """Lay an article out by itself."""
        material = replace(self.material, issue=offprint.issue, offprint=offprint)
        asked = edition.prepare(material, self.report)
        assert isinstance(asked, RenderRequest), f"{edition.name} are made of pages"
        design, issue = material.design, offprint.issue
        make_job = partial(print_job, issue, design, material.created, (asked,), offprint)
        with self._faults_of_files():
            pages = self.process.run(make_job, silent)
        self._judge(Subject(material.manifest, issue, design.geometry, pages, offprint))
        return _file_of(edition, edition.suffix.format(number=offprint.number), pages)

    def _make_file(
        self, edition: Edition, make_file: MakeFile, on_progress: OnProgress
    ) -> RenderedFile:
        """Make a file that has no pages."""
        with self._faults_of_files():
            finished = self.process.make(make_file, on_progress)
        for diagnostic in finished.diagnostics:
            self.report.take(diagnostic)
        return RenderedFile(edition.name, edition.suffix, None, finished.data)

    @contextmanager
    def _faults_of_files(self) -> Iterator[None]:
        """Report the fault of a file of the publication's own as an error at its place."""
        try:
            yield
        except DocumentFault as fault:
            if not fault.is_own:
                raise
            place = Location(fault.path, fault.line)
            code, remedy = _UNUSABLE[fault.kind]
            self.report.add(code, fault.message, place, remedy)
            raise ContentError(self.report) from fault
        except ContractFault as fault:
            for breach in fault.breaches:
                self._tell_breach(breach)
            raise ContentError(self.report) from fault

    def _tell_breach(self, breach: Breach) -> None:
        """Report what a template owes; those that come with typeset are no file of the author's."""
        template = breach.template
        hint = f"see how base/{template.name} has it; docs/themes.md lists what the layout needs"
        if template.path:
            place = Location(template.path)
            self.report.add(Code.TEMPLATE_CONTRACT, breach.message, place, hint)
        else:
            message = f"in typeset's own templates/{template.name} {breach.message}"
            self.report.add(Code.TEMPLATE_CONTRACT, message, None, hint)

    def _judge(self, subject: Subject) -> None:
        """Tell what is wrong with pages, and with the files that were made of them.

        Of an offprint only what the pages of the issue did not tell already, with its number.
        """
        found = Report()
        preflight(subject, found)
        for finished in subject.pages.files.values():
            for diagnostic in finished.diagnostics:
                found.take(diagnostic)
        told = {replace(diagnostic, page=None) for diagnostic in self.report}
        for diagnostic in found:
            if subject.offprint is None:
                self.report.take(diagnostic)
            elif replace(diagnostic, page=None) not in told:
                message = f"offprint {subject.offprint.number:02}: {diagnostic.message}"
                self.report.take(replace(diagnostic, message=message))


def _file_of(edition: Edition, suffix: str, pages: LaidOut) -> RenderedFile:
    """Return an edition's file, which is empty where pages have lost something."""
    finished = pages.files.get(edition.name)
    return RenderedFile(edition.name, suffix, pages.pages, finished.data if finished else b"")
