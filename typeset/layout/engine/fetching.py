"""Files that a document names: the engine gets them only from us."""

from __future__ import annotations

from abc import ABC, abstractmethod

from weasyprint.urls import URLFetcher, URLFetcherResponse

__all__ = ["Fetcher"]


class Fetcher(URLFetcher, ABC):  # type: ignore[misc]
    """Gives the engine the files that it requests."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=())

    @abstractmethod
    def content_at(self, address: str) -> tuple[str, bytes]:
        """Return the media type and the content of a file.

        Raises:
            ValueError: if there is none; the engine logs that and goes on.
        """

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return a file in the engine's form; there are no requests, so headers are ignored."""
        media_type, content = self.content_at(url)
        return URLFetcherResponse(url, content, {"Content-Type": media_type})
