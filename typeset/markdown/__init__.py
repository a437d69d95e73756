"""From an article's Markdown to the model.

:func:`read_article` is the whole way; :class:`InlineReader` does the same for short texts, such as
a title or the masthead.
"""

from typeset.markdown.article import ArticleContext, read_article
from typeset.markdown.inline_reader import InlineReader

__all__ = ["ArticleContext", "InlineReader", "read_article"]
