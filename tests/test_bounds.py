"""Answers cut no word, number, date or amount, and hold a list from its first item to its last."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.bounds import widen
from qa.sentences import sentence_spans
from tests.texts import articles

# What is pointed at stands between "<" and ">"; what is to come back stands after "=>".
WORDS = """
    shortly <before>hand => beforehand
    over <2019> and 2020 => 2019
    rather than <20> cities => 20
    the <Smart> Expo's robots => Smart
    the <Smart Chi>na Expo => Smart China
    in <China>'s west => China
    a <Chongqing>-based firm => Chongqing
    the <Spanish>-speaking world => Spanish
    a <500>-seat hall => 500
    a<b>c => abc
    in August <2019> it opened => 2019
    <August> 2019 was hot => August
    Monday, 23 August <2021> => 2021
    held in <2018>-2022 => 2018
    the years 2018–<2022> saw => 2022
    the <2018>-19 season => 2018
    signed <530> projects => 530
    by <92> companies => 92
    <four> provinces => four
    12 million <US> dollars => US
    612 billion <yuan> in all => yuan
    <Monday>, 23 August 2021 => Monday
    on <23 August> 2021 => 23 August
    from <2018> to 2022 => 2018
    rose from <20> to 30 points => 20
    of the <12> won prizes => 12
    the <10>th time => 10th
    the <5>G hall => 5G
    a 15 <percent> share => percent
    <  the robots. > => the robots
    said “<robots, and>” => robots, and
    (<see below>) => see below
    (<2018>) => 2018
    Yangtze <(Chang Jiang>) is => Chang Jiang
    **<Smart Expo>** opened => Smart Expo
    # <Title> => Title
    - <item> one => item
    `<code>` here => code
    [<the site>](https://a.example) => the site
    “<Smart China Expo>” => Smart China Expo
    <“Smart China Expo”> => Smart China Expo
    | <501> | projects | => 501
    the <robots>🤖 danced => robots
    재<단>법인 => 재단법인
    two <sixth> forms => sixth
    the <3rd> day => 3rd
"""
WHOLES = """
    opened shortly <before the expo> => shortly before the expo
    Soon <after it> => Soon after it
    worth <612> billion yuan => 612 billion yuan
    worth 94.<47> billion U.S. dollars => 94.47 billion U.S. dollars
    worth 94.47 <billion> US dollars => 94.47 billion US dollars
    up <31>.9% again => 31.9%
    up <31.9> percent => 31.9 percent
    up <5> percentage points => 5 percentage points
    up <2> per cent per year => 2 per cent per year
    US$<5> million => US$5 million
    US<$5> million => US$5 million
    <US>$5 million => US$5 million
    RMB <3.5> billion => RMB 3.5 billion
    RMB3.<5> billion => RMB3.5 billion
    ¥1,<200> a head => ¥1,200
    about €<20> each => €20
    about 20<0> € each => 200 €
    <5>bn yuan => 5bn yuan
    in <26> August 2019 => 26 August 2019
    in 26 <August> 2019 => 26 August 2019
    on August <26>, 2019 => August 26, 2019
    on <August> 26 => August 26
    on August 26-<29>, 2019 => August 26-29, 2019
    from <26> to 29 August 2019 => 26 to 29 August 2019
    on <4> and 5 May => 4 and 5 May
    the <26th> of August => 26th of August
    on Sept. <3>, 2021 they => Sept. 3, 2021
    on 2021-<08>-23 => 2021-08-23
    in 2018-<19> => 2018-19
    in <44> BC => 44 BC
    in AD <79> => AD 79
    at <3:30> pm => 3:30 pm
    at 3:<30> => 3:30
    at <10> a.m. sharp => 10 a.m.
    some <1.2> trillion kilowatt-hours => 1.2 trillion kilowatt-hours
    some <5> km away => 5 km
    at <30> km/h => 30 km/h
    at <10> gigabits per second => 10 gigabits per second
    on <120> square metres => 120 square metres
    on <3,000> square kilometers => 3,000 square kilometers
    on 1\u00a0<200> hectares => 1\u00a0200 hectares
    at <35> °C => 35 °C
    at -<5> degrees Celsius => -5 degrees Celsius
    in <10> minutes => 10 minutes
    some <22> minutes per side => 22 minutes
    some <300> kg per cubic metre => 300 kg per cubic metre
    a <10>-minute ride => 10-minute
    for <four> days => four days
    over <two> million visitors => over two million
    over two <million> visitors => over two million
    about <two> million visitors => two million
    more than <4,700> projects => more than 4,700
    More than <US$5> billion => More than US$5 billion
    at least <31.9> percent => at least 31.9 percent
    fewer than <10> cities => fewer than 10
    twenty-<five> robots => twenty-five
    <Ninety>-two firms => Ninety-two
    two hundred and <fifty> guests => two hundred and fifty
    one and a <half> million => one and a half million
    a few <hundred> metres => a few hundred metres
    tens of <thousands> of people => tens of thousands
    two <thirds> of them => two thirds
    one <quarter> of them => one quarter
    <20> to 30 percent => 20 to 30 percent
    20 to <30> percent => 20 to 30 percent
    $<5> to $10 million => $5 to $10 million
    between <5> and 10 percent => 5 and 10 percent
    it won 24–<10> => 24–10
    in <3>/4 of them => 3/4
    the 16<:9> screen => 16:9
    Covid-<19> => Covid-19
    <C>++ code => C++
    the <U.S>. market => U.S.
    a non-<U.S>. firm => non-U.S.
    from R&<D> => R&D
    for O'<Brien>'s => O'Brien
    a Ph.<D>. student => Ph.D.
    at exam<ple>.com => example.com
    a vice-<direct>or spoke => vice-director
    a <third>-party tool => third-party
    <机器>人跳舞 => 机器
    投资<3>.5亿元 => 3.5亿元
    投资3.5<亿>元 => 3.5亿元
    投资<三>亿元 => 三亿元
    在2021年<8>月23日 => 2021年8月23日
    增长<31.9>％ => 31.9％
    caf<e>\u0301s => cafe\u0301s
    the <Yangtze (Chang Jiang>) is => Yangtze (Chang Jiang)
    the (<Chang Jiang) River> is => (Chang Jiang) River
    named “<Smart” City> => “Smart” City
    in "<Smart" and "Green>" halls => "Smart" and "Green"
    a <talk “On Robots>,” he said => talk “On Robots,”
    **<Smart** Expo> => **Smart** Expo
"""


def table(listed: str) -> list[tuple[str, int, int, str]]:
    """The lines as text, start, end and the answer to come back."""
    found = []
    for line in listed.strip().splitlines():
        marked, answer = line.strip().split(" => ")
        before, rest = marked.split("<")
        pointed, after = rest.split(">")
        text = before + pointed + after
        found.append((text, len(before), len(before + pointed), answer))
    return found


def plain(text: str, start: int, end: int) -> tuple[int, int]:
    """The stupid way: whatever letters and digits touch the stretch."""
    touched = [m for m in re.finditer(r"[^\W_]+", text) if m.start() < end and start < m.end()]
    return touched[0].start(), touched[-1].end()


@pytest.mark.parametrize("case", table(WORDS) + table(WHOLES), ids=lambda case: case[0])
def test_nothing_is_cut_and_nothing_else_taken_along(case: tuple[str, int, int, str]) -> None:
    text, start, end, answer = case
    first, last = widen(text, start, end)
    assert text[first:last] == answer
    assert first < end
    assert start < last


def test_word_bounds_alone_would_not_do() -> None:
    """The plain way gets every word right, and every number, date and amount wrong."""
    for text, start, end, answer in table(WHOLES):
        first, last = plain(text, start, end)
        assert text[first:last] != answer, text
    for text, start, end, answer in table(WORDS):
        first, last = plain(text, start, end)
        assert text[first:last].strip("“”(). ") == answer, text


@pytest.mark.parametrize(
    ("text", "pointed", "answer"),
    [
        ("It cost 612\nbillion yuan.", "612", "612"),
        ("It cost 612 billion\nyuan.", "612", "612 billion"),
        ("Came on 26\nAugust 2019.", "26", "26"),
        ("| 612 | billion |", "612", "612"),
        ("In 2019 it was 5. Million Robots came.", "5", "5"),
        ("It rose by 5. Percent is a unit.", "5", "5"),
        ("He had (one. Two) of them.", "one", "one"),
        ("It came soon. Before that it rained.", "Before that", "Before that"),
    ],
)
def test_no_bound_of_line_cell_or_sentence_is_crossed(text: str, pointed: str, answer: str) -> None:
    start = text.index(pointed)
    first, last = widen(text, start, start + len(pointed))
    assert text[first:last] == answer


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("", 0, 0, (0, 0)),
        ("abc", 1, 1, (1, 1)),
        ("a  b", 1, 3, (3, 3)),
        ("a -- b", 1, 5, (2, 4)),
        ("$5", 0, 1, (0, 1)),
        ("🤖", 0, 1, (0, 1)),
    ],
)
def test_a_stretch_without_letters_or_digits_only_loses_white_space(
    text: str, start: int, end: int, expected: tuple[int, int]
) -> None:
    first, last = widen(text, start, end)
    assert text[first:last] == text[slice(*expected)]
    assert start <= first <= last <= end


_QUANTITIES = [
    *("612", "94.47", "1,200", "5", "26", "2019", "31.9%", "US$", "¥", "€", "-", "3:30", "5G", "½"),
    *("million", "billion", "hundred and ", "twenty", "-five", "a few ", "half a ", "one ", "two"),
    *("yuan", "U.S. dollars", "percent", "km", "square ", "metres", " per second", "days", "won"),
    *("August", "Aug. ", "May", "th", " of ", " to ", " and ", "between ", "from ", "RMB", "AD "),
    *(
        "亿元",
        "万",
        "年",
        "月",
        "日",
        "三百",
        " p.m.",
        " BC",
        "BC",
        "\u00a0",
        "'s",
        "-based",
        "R&D",
        "C++",
    ),
    *(" ", " ", " ", ", ", ". ", "; ", "(", ")", '"', "“", "”", "*", "**", "_", "`", "[", "]", "|"),
    *(
        "Huawei",
        "the ",
        "or ",
        "robots",
        "、",
        "和",
        "& ",
        "as well as ",
        "\n",
        "e\u0301",
        "👩\u200d👧",
    ),
]
texts = st.one_of(st.lists(st.sampled_from(_QUANTITIES), max_size=30).map("".join), articles)


@st.composite
def stretches(draw: st.DrawFn, count: int) -> tuple[str, list[tuple[int, int]]]:
    text = draw(texts)
    offsets = st.integers(0, len(text))
    pairs = st.tuples(offsets, offsets).map(lambda pair: (min(pair), max(pair)))
    return text, draw(st.lists(pairs, min_size=count, max_size=4 if count > 1 else 1))


def inner(text: str, start: int, end: int) -> list[int]:
    """The offsets of the letters and digits of a stretch."""
    return [offset for offset in range(start, end) if text[offset].isalnum()]


def cuts_a_word(text: str, offset: int) -> bool:
    around = text[max(0, offset - 1) : offset + 1]
    return len(around) == 2 and offset > 0 and all(c.isalnum() and c < "\u2e80" for c in around)


@given(stretches(1))
def test_a_widened_stretch_is_whole(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, [(start, end)] = case
    first, last = widen(text, start, end)
    assert 0 <= first <= last <= len(text)
    assert widen(text, first, last) == (first, last)
    ink = inner(text, start, end)
    assert set(ink) <= set(inner(text, first, last))
    if not ink:
        assert start <= first <= last <= end
        return
    assert not cuts_a_word(text, first)
    assert not cuts_a_word(text, last)
    added = text[first : ink[0]] + text[ink[-1] + 1 : last]
    assert not re.search(r"[\n\r\f\v\x85\u2028\u2029|]", added)


@given(texts)
def test_no_stretch_reaches_into_another_sentence(text: str) -> None:
    for line in re.split(r"[\n\r\f\v\x85\u2028\u2029]", text):
        sentences = sentence_spans(line)
        for offset in inner(line, 0, len(line)):
            first, last = widen(line, offset, offset + 1)
            assert any(begin <= first and last <= stop for begin, stop in sentences)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 40_000,
        "1," * 20_000,
        "1.x" * 12_000,
        "2019-" * 8_000,
        "$-" * 20_000,
        "1 to " * 8_000,
        "1 million " * 4_000,
        "one hundred and " * 2_400,
        "one-" * 10_000 + "x",
        "A." * 20_000,
        "a_" * 20_000,
        "_" * 40_000,
        "a" + "('" * 20_000,
        "a" + '"*' * 20_000 + "b",
        "26 " * 12_000,
        "August 26, 2019, " * 2_400,
        "e\u0301" * 20_000,
        "三" * 40_000,
        "5 US " * 8_000,
        "no end to these words " * 2_000,
        " " * 40_000,
        "A, B; " * 8_000,
    ],
    ids=lambda text: f"{text[:6]!r}",
)
def test_long_runs_come_to_an_end(text: str) -> None:
    """Quadratic time would be minutes here."""
    middle, end = len(text) // 2, len(text)
    for stretch in [(0, 1), (middle, middle + 1), (end - 1, end), (0, end)]:
        first, last = widen(text, *stretch)
        assert set(inner(text, *stretch)) <= set(inner(text, first, last))
