"""Renders the pages of an issue and of its articles, and makes the files of its editions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Diagnostic, Report
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
"""The code and the remedy for each kind of fault in a file of the publication."""


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A file of an edition, not yet written."""

    edition: str
    suffix: str
    """The end of its name, after the issue's slug."""
    pages: int | None
    """The number of pages; None if it has none."""
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class EditionRenderer:
    """Lays out an issue, and its offprints one by one, and checks the pages."""

    process: LayoutProcess
    material: Material
    """The issue, and all that editions are made from."""
    report: Report
    """Receives what is wrong with settings, templates and pages."""
    known: frozenset[Diagnostic]
    """What it held when the issue was read: pages are made in spite of it."""
    sight: int | None = None
    """The page that is looked at while the issue is edited; None in a build."""

    def render_editions(
        self, editions: Sequence[Edition], on_progress: OnProgress
    ) -> tuple[LaidOut | None, list[RenderedFile]]:
        """Return the pages of the issue, and the files of its editions in their order.

        Args:
            editions: the editions to make; offprints need the layout of the issue too, and there
                is no layout if no edition has pages.
            on_progress: called with each step.

        Raises:
            ContentError: if a setting or a template cannot be used, if pages take too much time or
                memory, or if the issue lost content where its articles are wanted.
            EnvironmentFault: if the layout process fails.
        """
        whole = [edition for edition in editions if not edition.each_article]
        tasks = {edition.name: edition.prepare(self.material, self.report) for edition in whole}
        self.report.stop_on_errors(besides=self.known)
        requests = tuple(one for one in tasks.values() if isinstance(one, RenderRequest))
        pages = None
        if requests or len(whole) < len(editions):
            pages = self._render_issue(requests, on_progress)
        files: list[RenderedFile] = []
        for edition in editions:
            task = tasks.get(edition.name)
            if task is not None and not isinstance(task, RenderRequest):
                files.append(self._make_file(edition, task, on_progress))
            elif pages is not None and edition.each_article:
                if pages.losses:
                    self.report.stop_on_errors()  # a lost article has no folios
                for offprint in offprints_of(self.material.issue, pages):
                    on_progress(Progress("offprint", offprint.number))
                    files.append(self._render_article(offprint, edition))
            elif pages is not None:
                files.append(_file_of(edition, edition.suffix, pages))
        return pages, files

    def _render_issue(
        self, requests: tuple[RenderRequest, ...], on_progress: OnProgress
    ) -> LaidOut:
        """Lay out the issue for the editions that are made from its pages."""
        material = self.material
        issue, design = material.issue, material.design
        make_job = partial(print_job, issue, design, material.created, requests, sight=self.sight)
        with self._faults_of_files():
            pages = self.process.run(make_job, on_progress)
        self._check(Subject(material.manifest, issue, design.geometry, pages))
        return pages

    def _render_article(self, offprint: Offprint, edition: Edition) -> RenderedFile:
        """Lay out an article by itself."""
        material = replace(self.material, issue=offprint.issue, offprint=offprint)
        request = edition.prepare(material, self.report)
        assert isinstance(request, RenderRequest), f"{edition.name} are made of pages"
        design, issue = material.design, offprint.issue
        make_job = partial(print_job, issue, design, material.created, (request,), offprint)
        with self._faults_of_files():
            pages = self.process.run(make_job, silent)
        self._check(Subject(material.manifest, issue, design.geometry, pages, offprint))
        return _file_of(edition, edition.suffix.format(number=offprint.number), pages)

    def _make_file(
        self, edition: Edition, make_file: MakeFile, on_progress: OnProgress
    ) -> RenderedFile:
        """Make a file without pages."""
        with self._faults_of_files():
            finished = self.process.make(make_file, on_progress)
        for diagnostic in finished.diagnostics:
            self.report.take(diagnostic)
        return RenderedFile(edition.name, edition.suffix, None, finished.data)

    @contextmanager
    def _faults_of_files(self) -> Iterator[None]:
        """Report a fault in a file of the publication as an error at its place."""
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
                self._report_breach(breach)
            raise ContentError(self.report) from fault

    def _report_breach(self, breach: Breach) -> None:
        """Report what a template lacks; a built-in template has no place in the publication."""
        template = breach.template
        hint = f"see how base/{template.name} has it; docs/themes.md lists what the layout needs"
        if template.path:
            place = Location(template.path)
            self.report.add(Code.TEMPLATE_CONTRACT, breach.message, place, hint)
        else:
            message = f"in typeset's own templates/{template.name} {breach.message}"
            self.report.add(Code.TEMPLATE_CONTRACT, message, None, hint)

    def _check(self, subject: Subject) -> None:
        """Report what is wrong with the pages, and with the files made from them.

        For an offprint, report only what the issue has not reported already, with its number.
        """
        found = Report()
        preflight(subject, found)
        for finished in subject.pages.files.values():
            for diagnostic in finished.diagnostics:
                found.take(diagnostic)
        reported = {replace(diagnostic, page=None) for diagnostic in self.report}
        for diagnostic in found:
            if subject.offprint is None:
                self.report.take(diagnostic)
            elif replace(diagnostic, page=None) not in reported:
                message = f"offprint {subject.offprint.number:02}: {diagnostic.message}"
                self.report.take(replace(diagnostic, message=message))


def _file_of(edition: Edition, suffix: str, pages: LaidOut) -> RenderedFile:
    """Return an edition's file, which is empty if the layout lost content."""
    finished = pages.files.get(edition.name)
    return RenderedFile(edition.name, suffix, pages.pages, finished.data if finished else b"")
