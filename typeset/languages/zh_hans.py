"""Chinese in simplified characters."""

from __future__ import annotations

from dataclasses import replace

from typeset.languages import zh_hant
from typeset.languages.base import Starter

_BODY = """\
一篇文章就是一个纯文本文件。两行连字符之间的前言写明标题与作者，其后以 Markdown 撰写正文。
空一行即另起一段，**两对星号之间的文字**会加以强调。

## 小标题、列表与注释

小标题以两个井号开头。列表的每一项前面加一个连字符：

- "直引号"会换成中文引号，1995--1997这样的起止年份会用上连接号。
- 注释标在需要说明之处[^note]，内容印在文末。
- 其他文字的名称会使用合适的字体：釜山（부산）、Kobe。

## 表格

| 栏目 | 页数 |
|------|-----:|
| 消息 |    4 |
| 专题 |   12 |

Table: 第二行的冒号决定各栏如何对齐。{source="本期版面规划"}

[^note]: 注释可以附上链接，例如[这个网站](https://www.example.org/)。
"""

LANGUAGE = replace(
    zh_hant.LANGUAGE,
    quotes=("\u201c", "\u201d", "\u2018", "\u2019"),
    labels={
        "contents": "本期目录",
        "volume": "第{volume}卷",
        "issue": "第{number}期",
        "after_volume": "",
        "running_issue": "{name} 第{volume}卷第{number}期",
        "by": "文／{names}",
        "takeaway": "本文要点：",
        "notes": "注释",
        "note": "注释{number}",
        "back_to_call": "回到注释{number}的第{call}处标记",
        "source": "资料来源：",
        "unit": "单位：",
        "masthead": "版权页",
        "offprint": "抽印本",
        "cite_as": "引用格式",
        "citation": (
            "{authors}：《{title}》，《{name}》第{volume}卷第{number}期（{date}），{pages}。"
        ),
        "and_others": "{names}等",
        "page": "第{page}页",
        "pages": "第{first}—{last}页",
        "published_by": "出版者",
        "rights": "权利声明",
        "sources": "资料来源",
        "table": "表{number}",
        "skip": "跳至文章",
    },
    starter=Starter(
        about="**{name}**每两周出刊一次。请在此说明本刊的主题与读者。",
        editor="编辑",
        desk="编辑部",
        web="网络资料来源请见 {url}。",
        title="欢迎阅读{name}",
        standfirst="这第一篇文章示范文章可以包含的内容，请直接改写。",
        takeaway="写作、存盘、排版，版面会自行安排妥当。",
        body=_BODY,
        untitled="未命名",
        paragraph="请在这里写作。空一行即另起一段。",
    ),
)
