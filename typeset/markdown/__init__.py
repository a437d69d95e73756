"""From an article's Markdown to the model.

``FEATURES`` is what a text may hold, a row each.  :func:`read_article` is the whole way;
:class:`InlineReader` does the same for short texts, such as a title or the masthead.
"""

from typeset.markdown.article import ArticleContext, read_article
from typeset.markdown.features import FEATURES, Feature
from typeset.markdown.inline_reader import InlineReader

__all__ = ["FEATURES", "ArticleContext", "Feature", "InlineReader", "read_article"]
