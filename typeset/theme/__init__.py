"""The look of an issue.

- ``theme`` is a theme as a value;
- ``load`` reads one: its styles, fonts, metrics and templates;
- ``coverage`` finds the characters that a font has;
- ``fit_text`` finds the size at which a few words fill their place;
- ``css_nesting`` limits how deeply a style sheet may be nested;
- ``design`` is a theme together with the settings of a publication.
"""

__all__ = ()
