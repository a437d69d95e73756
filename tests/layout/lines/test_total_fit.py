"""Line ends of a paragraph: the best there are, and lines that are as wide as they should be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from math import inf

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from typeset.layout.lines.break_points import InnerBreak, Word
from typeset.layout.lines.demerits import DemeritSettings, Fit, demerits, ratio_of
from typeset.layout.lines.total_fit import Line, break_paragraph, vary_paragraph

STEPS = (-20, -10, 10, 20)
HYPHEN = 4.0
SPACE = 4.0
RULES = DemeritSettings()


def words_of(text: str, *, letter: float = 10) -> list[Word]:
    """Words whose letters are all of one width; a ``|`` is a place where one may be divided."""
    words, start = [], 0
    for part in text.split():
        syllables = part.split("|")
        whole = "".join(syllables)
        breaks, before = [], 0
        for syllable in syllables[:-1]:
            before += len(syllable)
            breaks.append(
                InnerBreak(
                    position=start + before,
                    hyphen=True,
                    ends_in_hyphen=True,
                    penalty=50,
                    before=letter * before + HYPHEN,
                    after=letter * (len(whole) - before),
                )
            )
        end = start + len(whole)
        letters = sum(one.isalnum() for one in whole)
        words.append(Word(start, end, letter * len(whole), SPACE, tuple(breaks), letters))
        start = end + 1
    return [*words[:-1], replace(words[-1], space=0.0)]


def set_lines(text: str, lines: tuple[Line, ...] | None) -> list[str]:
    assert lines is not None
    plain = " ".join(text.replace("|", "").split())
    return [plain[line.start : line.end] + "-" * line.hyphen for line in lines]


def broken(text: str, *widths: float, indent: float = 0, letter: float = 10) -> list[str]:
    words = words_of(text, letter=letter)
    return set_lines(text, break_paragraph(words, widths, indent=indent))


@dataclass(frozen=True)
class Cut:
    """A place where a line may end, by the word and the place within it (-1: after it)."""

    word: int
    inner: int = -1


def cuts_of(words: Sequence[Word]) -> list[Cut]:
    return [
        Cut(number, inner)
        for number, word in enumerate(words)
        for inner in (*range(len(word.breaks)), -1)
    ]


def extent(words: Sequence[Word], start: Cut | None, end: Cut) -> tuple[float, float]:
    """The natural widths of the letters and the spaces between two places, word by word."""
    first = 0 if start is None else start.word + (start.inner < 0)
    letters = spaces = 0.0
    for number in range(first, end.word + 1):
        word = words[number]
        part = word.width
        if start is not None and number == start.word:
            part -= word.width - word.breaks[start.inner].after
        if number == end.word and end.inner >= 0:
            part -= word.width - word.breaks[end.inner].before
        letters += part
        spaces += word.space if number < end.word else 0
    return letters, spaces


def is_runt(words: Sequence[Word], start: Cut | None, natural: float, width: float) -> bool:
    if start is None:
        return False
    letters = sum(word.letters for word in words[start.word + 1 :])
    fragment = False
    if start.inner >= 0:
        word = words[start.word]
        letters += min(word.letters, word.end - word.breaks[start.inner].position)
        fragment = start.word == len(words) - 1 and word.breaks[start.inner].ends_in_hyphen
    return letters < 4 or fragment or natural < RULES.runt_share * width


def judged(
    words: Sequence[Word], cuts: Sequence[Cut], widths: Sequence[float], steps: tuple[int, ...]
) -> float:
    """The demerits of lines that end at these places; infinite if one cannot be set."""
    fits = fits_of(words, cuts, widths, steps, RULES)
    return inf if fits is None else demerits(fits, RULES)


def fits_of(
    words: Sequence[Word],
    cuts: Sequence[Cut],
    widths: Sequence[float],
    steps: tuple[int, ...],
    rules: DemeritSettings,
) -> list[Fit] | None:
    """The lines that end at these places; None if one cannot be set."""
    fits = []
    for number, (start, end) in enumerate(pairwise([None, *cuts])):
        assert end is not None
        width = widths[min(number, len(widths) - 1)]
        letters, spaces = extent(words, start, end)
        ratio = ratio_of(letters, spaces, width, rules, steps)
        if ratio is None:
            return None
        if end is cuts[-1]:
            runt = is_runt(words, start, letters + spaces, width)
            fits.append(Fit(min(ratio, 0.0), 0, hyphen=False, runt=runt))
        else:
            inner = words[end.word].breaks[end.inner] if end.inner >= 0 else None
            hyphen = inner is not None and inner.ends_in_hyphen
            fits.append(Fit(ratio, inner.penalty if inner else 0, hyphen=hyphen))
    return fits


def every_way(words: Sequence[Word]) -> Iterator[list[Cut]]:
    *inner, last = cuts_of(words)
    for count in range(len(inner) + 1):
        for some in combinations(inner, count):
            yield [*some, last]


def cuts_made(words: Sequence[Word], lines: Sequence[Line]) -> list[Cut]:
    position_of = {
        words[cut.word].end if cut.inner < 0 else words[cut.word].breaks[cut.inner].position: cut
        for cut in cuts_of(words)
    }
    return [position_of[line.end] for line in lines]


@st.composite
def paragraphs(draw: st.DrawFn, most: int = 10) -> list[Word]:
    """Short paragraphs of few enough places that every way to break them can be tried."""
    # Wide spaces leave a choice between good lines, narrow ones between bad lines.
    letter, space = draw(st.sampled_from([(7.5, 4.0), (5.0, 14.0), (3.0, 12.0)]))
    words: list[Word] = []
    start = places = 0
    while places < most and (not words or draw(st.integers(0, 19))):
        sizes = draw(st.lists(st.integers(1, 6), min_size=1, max_size=min(3, most - places)))
        typed = draw(st.integers(0, 3)) == 0
        total, breaks, before = sum(sizes), [], 0
        for size in sizes[:-1]:
            before += size
            penalty = draw(st.sampled_from([0.0, 50.0, 150.0]))
            width = before * letter + (0 if typed else HYPHEN)
            ends = not typed or draw(st.booleans())
            place = start + before
            rest = (total - before) * letter
            breaks.append(InnerBreak(place, not typed, ends, penalty, width, rest))
        words.append(Word(start, start + total, total * letter, space, tuple(breaks), total))
        start += total + 1
        places += len(sizes)
    words[-1] = replace(words[-1], space=0.0)
    return words


WIDTHS = st.lists(st.sampled_from([40.0, 61.0, 90.0, 130.0]), min_size=1, max_size=3)


@given(paragraphs(), WIDTHS, st.sampled_from([(), STEPS, (10,)]))
@settings(max_examples=250)
def test_no_other_way_to_break_a_paragraph_is_better(
    words: list[Word], widths: list[float], steps: tuple[int, ...]
) -> None:
    best = min(judged(words, cuts, widths, steps) for cuts in every_way(words))
    lines = break_paragraph(words, widths, expansion_steps=steps)
    if lines is None:
        assert best == inf
    else:
        found = judged(words, cuts_made(words, lines), widths, steps)
        assert found == pytest.approx(best, rel=1e-9)


MOST_LOOSE = 1.4
"""The ratio of a line up to which a paragraph is set longer or shorter."""
ELASTIC = replace(RULES, stretch=2.5, shrink=0.6)
"""So that there are longer and shorter ways even of few words."""


@given(paragraphs(), st.sampled_from([40.0, 61.0, 90.0]), st.sampled_from([(), STEPS]))
@settings(max_examples=250)
def test_no_other_way_to_set_a_paragraph_longer_or_shorter_is_better(
    words: list[Word], width: float, steps: tuple[int, ...]
) -> None:
    known: dict[int, list[float]] = {}
    for cuts in every_way(words):
        fits = fits_of(words, cuts, [width], steps, ELASTIC)
        if fits and max(fit.ratio for fit in fits) <= MOST_LOOSE:
            known.setdefault(len(cuts), []).append(demerits(fits, ELASTIC))
    lines = break_paragraph(words, [width], settings=ELASTIC, expansion_steps=steps)
    assume(lines)
    assert lines
    count = len(lines)
    found = vary_paragraph(words, width, count, settings=ELASTIC, expansion_steps=steps)
    for by in (1, -1):
        best = min(known.get(count + by, [inf]))
        if count not in known or best >= ELASTIC.runt:
            assert by not in found
        else:
            fits = fits_of(words, cuts_made(words, found[by].lines), [width], steps, ELASTIC)
            assert fits
            assert len(fits) == count + by
            assert demerits(fits, ELASTIC) == pytest.approx(best, rel=1e-9)
            more = best - min(known[count])
            assert found[by].demerits == pytest.approx(more, rel=1e-9, abs=1e-6)


def test_a_paragraph_is_set_longer_and_shorter_with_the_same_words() -> None:
    text = " ".join(["old quay lamp a tide on"] * 13)
    words = [replace(word, space=2 * word.space) for word in words_of(text, letter=4)]
    lines = break_paragraph(words, [240], indent=12)
    assert lines
    variants = vary_paragraph(words, 240, len(lines), indent=12)
    for by, variant in variants.items():
        assert len(variant.lines) == len(lines) + by
        assert " ".join(set_lines(text, variant.lines)) == text
    assert sorted(variants) == [-1, 1]
    assert max(line.stretch for line in variants[1].lines) > max(line.stretch for line in lines)


@given(paragraphs(), WIDTHS)
@settings(max_examples=150)
def test_three_hyphens_in_a_row_stand_only_where_nothing_else_fits(
    words: list[Word], widths: list[float]
) -> None:
    def longest_ladder(cuts: Sequence[Cut]) -> int:
        longest = run = 0
        for cut in cuts:
            hyphen = cut.inner >= 0 and words[cut.word].breaks[cut.inner].ends_in_hyphen
            run = run + 1 if hyphen else 0
            longest = max(longest, run)
        return longest

    lines = break_paragraph(words, widths)
    if lines is None or longest_ladder(cuts_made(words, lines)) < 3:
        return
    for cuts in every_way(words):
        assert longest_ladder(cuts) >= 3 or judged(words, cuts, widths, ()) == inf


@given(paragraphs(most=60), WIDTHS, st.sampled_from([(), STEPS]), st.sampled_from([0.0, 12.0]))
@settings(max_examples=100)
def test_lines_hold_the_text_once_and_are_as_wide_as_they_should_be(
    words: list[Word], widths: list[float], steps: tuple[int, ...], indent: float
) -> None:
    lines = break_paragraph(words, widths, indent=indent, expansion_steps=steps)
    if lines is None:
        return
    spaces = {word.end for word in words}
    assert (lines[0].start, lines[-1].end) == (words[0].start, words[-1].end)
    for line, following in pairwise(lines):
        assert following.start == line.end + (line.end in spaces)
    cuts = cuts_made(words, lines)
    for number, (start, end, line) in enumerate(zip([None, *cuts], cuts, lines, strict=False)):
        width = widths[min(number, len(widths) - 1)] - (0 if number else indent)
        letters, natural = extent(words, start, end)
        wide = letters * (1 + line.expansion / 1000) + natural * (1 + line.stretch)
        assert line.expansion in {0, *steps}
        assert line.stretch >= -RULES.shrink - 1e-6
        assert wide <= width + 1e-5
        if natural and line is not lines[-1]:
            assert wide == pytest.approx(width)
        if line is lines[-1]:
            assert line.stretch <= 1e-9 or line.expansion < 0
            if letters + natural <= width:
                assert (line.stretch, line.expansion) == (0, 0)


@given(paragraphs(most=40), WIDTHS)
@settings(max_examples=20)
def test_the_same_paragraph_is_always_broken_alike(words: list[Word], widths: list[float]) -> None:
    again = [replace(word, breaks=(*word.breaks,)) for word in words]
    assert break_paragraph(words, widths) == break_paragraph(again, tuple(widths))


def test_a_later_line_counts_when_an_earlier_one_ends() -> None:
    # As many words as fit on the first line would leave two, of 64 pixels, for the second.
    text = "aaa bbb ccc ddd eee fffffff ggggg hhhhhhhh iii"
    lines = ["aaa bbb ccc ddd", "eee fffffff ggggg", "hhhhhhhh iii"]
    assert broken(text, 95, letter=5) == lines


def test_spaces_are_stretched_and_shrunk_by_what_is_lacking() -> None:
    lines = break_paragraph(words_of("aaa bbb ccc ddd eee fff ggg"), (101,))
    assert lines is not None
    # Nine letters and two spaces: 90 + 8 natural, and three to share.
    assert lines[0] == Line(0, 11, hyphen=False, stretch=3 / 8, expansion=0)
    lines = break_paragraph(words_of("aaa bbb ccc ddd eee fff ggg"), (96.5,))
    assert lines is not None
    assert lines[0].stretch == pytest.approx(-1.5 / 8)


def test_spaces_shrink_to_their_limit_and_no_further() -> None:
    text = "aaa bbb ccc ddd eeee ffff"
    limit = 60 + 12 * (1 - RULES.shrink)
    assert broken(text, limit + 0.01, letter=5)[0] == "aaa bbb ccc ddd"
    assert broken(text, limit - 0.01, letter=5)[0] == "aaa bbb ccc"


def test_a_word_is_divided_where_spaces_would_be_torn() -> None:
    text = "aaa bbb cccc|cccc dddd eeee ffff"
    assert broken(text, 122)[0] == "aaa bbb cccc-"
    assert broken(text, 192) == ["aaa bbb cccccccc dddd", "eeee ffff"]


def test_a_dearer_hyphen_is_avoided() -> None:
    # With the hyphen, the first line is just as wide as it should be; else it is loose.
    before = "aaa bbb ccc ddd eee fff ggg hhh iii jjj"
    words = words_of(f"{before} kkkk|kkkk lll mmm", letter=5)
    (place,) = words[10].breaks
    cheap, dear = (
        break_paragraph(
            [*words[:10], replace(words[10], breaks=(replace(place, penalty=p),)), *words[11:]],
            (214.0,),
        )
        for p in (10, 1000)
    )
    assert [line.hyphen for line in cheap or ()] == [True, False]
    assert [line.hyphen for line in dear or ()] == [False, False]
    # It is the last line but one, too.
    strict = break_paragraph(words, (214.0,), settings=DemeritSettings(final_hyphen=1e6))
    assert [line.hyphen for line in strict or ()] == [False, False]


def test_a_tight_line_does_not_follow_a_loose_one() -> None:
    text = "bb eee bbbbbb hh aaa eee cccc ff ffffff eee ddd hhhhh gggg ggg bbb hh ggg hhh cc ddddd"
    words = words_of(text, letter=5)

    def ratios(rules: DemeritSettings) -> list[float]:
        cuts = cuts_made(words, break_paragraph(words, (150,), settings=rules) or ())
        ends = zip([None, *cuts], cuts[:-1], strict=False)
        return [ratio_of(*extent(words, *pair), 150, rules) or 0.0 for pair in ends]

    assert ratios(DemeritSettings(uneven=0)) == pytest.approx([0.92, -0.6], abs=0.01)
    assert ratios(DemeritSettings()) == pytest.approx([-0.38, 1], abs=0.01)


def test_lines_that_cost_more_so_far_win_by_their_evenness_with_the_next() -> None:
    text = "ggggg cc aaaaa cc dddd bb aa ff cccc"
    words = words_of(text, letter=5)
    cuts = cuts_made(words, break_paragraph(words, (80,)) or ())
    assert [cut.word for cut in cuts] == [2, 7, 8]
    assert judged(words, cuts, (80,), ()) == min(
        judged(words, way, (80,), ()) for way in every_way(words)
    )


def test_an_indented_first_line_is_shorter() -> None:
    text = "aaa bbb ccc ddd eee fff ggg hhh"
    assert broken(text, 100)[0] == "aaa bbb ccc"
    assert broken(text, 100, indent=30) == ["aaa bbb", "ccc ddd eee", "fff ggg hhh"]


def test_every_line_may_have_a_width_of_its_own() -> None:
    text = "aaa bbb ccc ddd eee fff ggg hhh iii"
    assert broken(text, 64, 30, 98) == ["aaa bbb", "ccc", "ddd eee fff", "ggg hhh iii"]


@pytest.mark.parametrize(
    ("text", "width", "last"),
    [
        ("aaa bbb ccc ddd eee fff ggg hh", 130, "ggg hh"),
        ("aaa bbb ccc ddd eee fff gggg|gggg", 138, "gggggggg"),
        ("aaa bbb ccc ddd eee fff ggg hhh iii jjj kkk llll", 206, "kkk llll"),
    ],
)
def test_a_last_line_is_no_runt(text: str, width: float, last: str) -> None:
    # All but a few letters would fit on the first line, without any other fault.
    assert broken(text, width, letter=5)[1:] == [last]


def test_a_runt_is_set_where_nothing_else_fits() -> None:
    assert broken("aaaaaaaaaa bb", 100) == ["aaaaaaaaaa", "bb"]


def test_a_ladder_is_set_where_nothing_else_fits() -> None:
    text = "aaaa|bbbb|cccc|dddd|eeee"
    assert broken(text, 44) == ["aaaa-", "bbbb-", "cccc-", "dddd-", "eeee"]


def test_text_that_no_rule_fits_is_still_set() -> None:
    text = "aaaaaaaa bbbbbbbbb ccc dddddddd"
    lines = break_paragraph(words_of(text), (130,))
    assert set_lines(text, lines) == ["aaaaaaaa", "bbbbbbbbb ccc", "dddddddd"]
    assert [line.stretch for line in lines or ()] == [0, pytest.approx(6 / 4), 0]


def test_a_word_wider_than_its_line_is_not_set() -> None:
    assert break_paragraph(words_of("aaa bbbbbbbbbbbb ccc"), (100,)) is None
    assert break_paragraph(words_of("bbbbbbbbbbbb"), (100,)) is None
    assert break_paragraph(words_of("bbbbbbbbbbbb aaaaaaaaaaaaa"), (100,)) is None
    assert break_paragraph(words_of("aaa bbb ccc"), (100, 20)) == (
        Line(0, 11, hyphen=False, stretch=0, expansion=0),
    )


def test_a_long_word_is_set_if_it_can_be_divided() -> None:
    assert broken("aaa bbbbbb|bbbbbb ccc", 100) == ["aaa bbbbbb-", "bbbbbb ccc"]


def test_a_ratio_is_the_part_of_what_a_line_can_give() -> None:
    letters, spaces = 90.0, 8.0
    natural, stretch, shrink = letters + spaces, spaces * 0.5, spaces * RULES.shrink
    assert ratio_of(letters, spaces, natural, RULES) == 0
    assert ratio_of(letters, spaces, natural + stretch, RULES) == pytest.approx(1)
    assert ratio_of(letters, spaces, natural + stretch * 3, RULES) == pytest.approx(3)
    assert ratio_of(letters, spaces, natural - shrink / 2, RULES) == pytest.approx(-0.5)
    assert ratio_of(letters, spaces, natural - shrink - 0.01, RULES) is None
    assert ratio_of(letters, spaces, natural + stretch + 1.8, RULES, STEPS) == pytest.approx(1)
    assert ratio_of(letters, spaces, natural + stretch * 3 + 1.8, RULES, STEPS) == pytest.approx(3)
    assert ratio_of(letters, spaces, natural - shrink - 1.8, RULES, STEPS) == pytest.approx(-1)


def test_demerits_are_those_that_the_settings_name() -> None:
    rules = DemeritSettings(line_penalty=10, double_hyphen=6, third_hyphen=300, final_hyphen=8)
    plain, hyphen = Fit(0), Fit(0, 50, hyphen=True)
    assert demerits([plain], rules) == 100
    assert demerits([Fit(1), plain], rules) == 110**2 + 100
    assert demerits([hyphen, plain, plain], rules) == 300 + 50**2
    assert demerits([hyphen, hyphen, plain], rules) == 300 + 2 * 50**2 + 6 + 8
    assert demerits([*[hyphen] * 4, plain, plain], rules) == 600 + 4 * 50**2 + 6 + 2 * 300
    even, uneven = ([Fit(second), Fit(-0.6), plain] for second in (0.1, 0.6))
    difference = sum(demerits([Fit(r)], rules) * sign for r, sign in ((0.6, 1), (0.1, -1)))
    expected = demerits(even, rules) + difference + rules.uneven
    assert demerits(uneven, rules) == pytest.approx(expected)
    assert demerits([plain, Fit(0, runt=True)], rules) == 200 + rules.runt


def test_letters_take_their_share() -> None:
    text = "aaa bbb ccc ddd eee fff ggg"
    # Two spaces can give 4, ninety pixels of letters 1.8; 2.9 are lacking, so each gives half.
    (first, *_) = break_paragraph(words_of(text), (100.9,), expansion_steps=STEPS) or ()
    assert first.expansion == 10
    assert first.stretch == pytest.approx((2.9 - 0.9) / 8)
    (first, *_) = break_paragraph(words_of(text), (105,), expansion_steps=STEPS) or ()
    assert first.expansion == 20
    assert first.stretch == pytest.approx((7 - 1.8) / 8)


def test_narrower_letters_let_more_fit_on_a_line() -> None:
    text = "aaa bbb ccc ddd"
    width = 90 + 8 * (1 - RULES.shrink) - 1.5
    assert broken(text, width)[0] == "aaa bbb"
    (first, *_) = break_paragraph(words_of(text), (width,), expansion_steps=STEPS) or ()
    assert (first.end, first.expansion) == (11, -20)


def test_a_step_is_not_left_out_where_the_spaces_cannot_do_without_it() -> None:
    text = "aaaaaaaaaaaaaaa bbbbbbbbbbbbbb cccccccccccc dddddddddd"
    lines = break_paragraph(words_of(text), (290.6,), expansion_steps=(-20,))
    assert lines is not None
    # Of 294 pixels the space may give 1.1, the letters 5.8 or nothing.
    assert (lines[0].end, lines[0].expansion) == (30, -20)
    assert lines[0].stretch == pytest.approx((5.8 - 3.4) / 4)


def test_nothing_is_made_of_nothing() -> None:
    assert break_paragraph([], (100,)) == ()
