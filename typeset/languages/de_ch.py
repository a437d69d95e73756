"""German in Switzerland: guillemets that point outward.  Authors decide on ß themselves."""

from __future__ import annotations

from dataclasses import replace

from typeset.languages import de

_CITATION = de.LANGUAGE.labels["citation"].replace("„", "«").replace("“", "»")

LANGUAGE = replace(
    de.LANGUAGE,
    quotes=("\u00ab", "\u00bb", "\u2039", "\u203a"),
    labels={**de.LANGUAGE.labels, "citation": _CITATION},
)
