"""Reads an article's Markdown into the model.

``FEATURES`` lists what a text may hold.  :func:`read_article` reads an article;
:class:`InlineReader` reads short texts, such as a title or the masthead.
"""

from typeset.markdown.article import ArticleContext, read_article
from typeset.markdown.features import FEATURES, Feature
from typeset.markdown.inline_reader import InlineReader

__all__ = ["FEATURES", "ArticleContext", "Feature", "InlineReader", "read_article"]
