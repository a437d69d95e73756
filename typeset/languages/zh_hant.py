"""Chinese in traditional characters."""

from __future__ import annotations

from datetime import date

from typeset.languages.base import METRIC_UNITS, Language, Starter

_HAN = "\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff"
REPLACEMENTS = (
    # A line end beside a quotation mark becomes no space either.
    (rf"(?<=[{_HAN}])[ ]*\n[ ]*(?=[\"'])|(?<=[{_HAN}][\"'])[ ]*\n[ ]*(?=[{_HAN}])", ""),
    # A dash or an ellipsis is two characters long; a dash between digits is a range.
    (rf"(?<=[{_HAN}\"'])[ \n]?(?<!-)-{{2,3}}(?!-)[ \n]?", "——"),
    (rf"[ \n]?(?<!-)-{{2,3}}(?!-)[ \n]?(?=[{_HAN}\"'])", "——"),
    (rf"(?<=[{_HAN}])[ ]*(?<!\.)(?:\.{{3}}|\.{{6}}|\u2026)(?!\.|\u2026)", "……"),
    (rf"(?<!\.|\u2026)(?:\.{{3}}|\.{{6}}|\u2026)(?=[\"']?[{_HAN}])", "……"),
)


def format_date(day: date) -> str:
    """Return a date, which both scripts write alike."""
    return f"{day.year}年{day.month}月{day.day}日"


_BODY = """\
一篇文章就是一個純文字檔。兩行連字號之間的前言寫明標題與作者，其後以 Markdown 撰寫正文。
空一行即另起一段，**兩對星號之間的文字**會加以強調。

## 小標題、清單與註釋

小標題以兩個井字號開頭。清單的每一項前面加一個連字號：

- "直引號"會換成中文引號，1995--1997這樣的起迄年份會用上連接號。
- 註釋標在需要說明之處[^note]，內容印在文末。
- 其他文字的名稱會使用合適的字型：釜山（부산）、Kobe。

## 表格

| 欄目 | 頁數 |
|------|-----:|
| 消息 |    4 |
| 專題 |   12 |

Table: 第二行的冒號決定各欄如何對齊。{source="本期版面規劃"}

[^note]: 註釋可以附上連結，例如[這個網站](https://www.example.org/)。
"""

LANGUAGE = Language(
    quotes=("\u300c", "\u300d", "\u300e", "\u300f"),
    glue=(rf"(?<=\d) (?=(?:{METRIC_UNITS})(?!\w))",),
    elisions=(),
    labels={
        "contents": "本期目錄",
        "volume": "第{volume}卷",
        "issue": "第{number}期",
        "after_volume": "",
        "running_issue": "{name} 第{volume}卷第{number}期",
        "by": "文／{names}",
        "takeaway": "本文重點：",
        "notes": "註釋",
        "note": "註釋{number}",
        "back_to_call": "回到註釋{number}的第{call}處標記",
        "source": "資料來源：",
        "unit": "單位：",
        "masthead": "版權頁",
        "offprint": "抽印本",
        "cite_as": "引用格式",
        "citation": (
            "{authors}：〈{title}〉，《{name}》第{volume}卷第{number}期（{date}），{pages}。"
        ),
        "and_others": "{names}等",
        "page": "頁{page}",
        "pages": "頁{first}–{last}",
        "published_by": "出版者",
        "rights": "權利聲明",
        "sources": "資料來源",
        "table": "表{number}",
        "skip": "跳至文章",
    },
    format_date=format_date,
    conjunction=lambda _last: "、",
    starter=Starter(
        about="**{name}**每兩週出刊一次。請在此說明本刊的主題與讀者。",
        editor="編輯",
        desk="編輯部",
        web="網路資料來源請見 {url}。",
        title="歡迎閱讀{name}",
        standfirst="這第一篇文章示範文章可以包含的內容，請直接改寫。",
        takeaway="寫作、存檔、排版，版面會自行安排妥當。",
        body=_BODY,
        untitled="未命名",
        paragraph="請在這裡寫作。空一行即另起一段。",
    ),
    comma="、",
    space="",
    replacements=REPLACEMENTS,
)
