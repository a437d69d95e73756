"""French in Canada, which spaces the colon and guillemets, but no other marks."""

from __future__ import annotations

from dataclasses import replace

from typeset.languages import fr

LANGUAGE = replace(fr.LANGUAGE, spaced_before=f"{fr.COLON}|{fr.CLOSING_GUILLEMET}")
