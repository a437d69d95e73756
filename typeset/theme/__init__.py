"""How an issue looks.

- ``load`` reads a theme: its styles, fonts, metrics and templates;
- ``coverage`` says which characters a font can show;
- ``fit_text`` finds the size at which a few words fill their place;
- ``css_nesting`` says how deeply a style sheet may be nested;
- ``design`` is a theme with all that a publication sets besides.
"""

__all__ = ()
