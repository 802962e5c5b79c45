"""What must not be cut: words, numbers with what they are counted in, dates."""

from __future__ import annotations

import re

from qa.text import UNSPACED


def _either(listed: str) -> str:
    """A pattern of the words listed, with a small or a capital first letter."""
    return "(?:" + "|".join(f"[{w[0]}{w[0].upper()}]{w[1:]}" for w in listed.split()) + ")"


# --- Words: letters, digits and the marks that combine with them, with joints inside.

# Accents, vowel signs, joiners and variation selectors, which `\w` leaves out.
_MARKS = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u06d6-\u06ed\u0900-\u0963"
    r"\u0966-\u109f\u1780-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\u3099\u309a"
    r"\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff\U000e0020-\U000e01ef"
)
_PLAIN = rf"[^\W_{UNSPACED}]"
_LETTER = rf"(?:{_PLAIN}|[{_MARKS}])"
_THIN = r"\u00a0\u2009\u202f"
SPACE = rf"[ {_THIN}]"
# As little a part of a name or number before it as a possessive is: "China-based", "500-seat".
_ADDED = "based|born|led|backed|speaking|language|style|like|era|winning|strong|member|seat|century"
_JOINT = rf"""(?:
    [&@_\u00b7] | (?<!\d)[-\u2010\u2011](?=\d)                     # R&D, COVID-19
  | [-\u2010\u2011](?!\d|(?:{_ADDED})(?!{_LETTER}))                # vice-director, 16-bit
  | ['\u2019](?!s(?!{_LETTER}))                                    # O'Brien, but not China's
  | (?<=\d)(?:[.,:×^](?=\d) | [{_THIN}](?=\d\d\d(?!\d)))           # 94.47, 1,200, 3:30, 1 200
  | (?<=\d)(?:(?<![12]\d\d\d) | (?<=\d{{5}}))[-/\u2010-\u2013\u2212](?=\d)  # 24-10, not 2018-2022
  | (?<=[^\W\d_])\.(?=[a-z])                                       # example.com, e.g
  | (?<=[^\W\d_])(?<!{_PLAIN}[^\W\d_])\.(?=[^\W\d_])               # U.S, J.K.Rowling
  | (?<=[^\W\d_]{{2}})(?<!{_PLAIN}[^\W\d_]{{2}})\.(?=[^\W\d_](?!{_PLAIN}))  # Ph.D
)"""
# An abbreviation keeps its last full stop; C++, C# and 5G+ keep their signs.
WORD = rf"""(?:{_LETTER}++(?:{_JOINT}{_LETTER}++)*+
    (?:(?<=\.[^\W\d_])\. | \+{{1,2}}(?!{_PLAIN}) | (?<=\b[CF])\#)?)"""
# Behind a part of a quantity: what follows is never the rest of a word.
_END = rf"(?!{_JOINT}?{_LETTER})"

# --- Numbers: 1,200 and 5G, 3.5 million, twenty-five, two and a half million, 3.5亿.

_SCALE = _either("hundreds? thousands? millions? billions? trillions? dozens? lakh crore bn mn tn")
_NUMERAL = _either(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"""
)
_COUNT = rf"(?:{_SCALE}|{_NUMERAL})(?!{_LETTER})"
_VAGUE = rf"(?:[Hh]alf{SPACE})?(?:[Aa]n?|[Ss]everal|[Aa]{SPACE}few){SPACE}{_SCALE}{_END}"
_MANY = _either("tens dozens scores hundreds thousands millions billions")
_PART = "(?:half|third|quarter|fourth|fifth|sixth|eighth|tenth)"
_SYMBOL = "(?:[A-Z]{0,3}[$€£¥￥₹₩₽₺₫฿₱₦])"
_FIGURE = rf"""(?:
    (?:(?<![\w.)])[-\u2212+±])? (?:{_SYMBOL}{SPACE}?)? (?:(?<![\w.])\.)? (?=[\d¼-¾⅐-⅞]){WORD}
    (?:{SPACE}?[十百千万萬亿億兆]+ | (?:{SPACE}{_SCALE}{_END})+)?
)"""
_SPELLED = rf"""(?:
    {_MANY}(?:{SPACE}of{SPACE}(?:thousands|[mbtr]+illions){_END})+
  | (?:{_VAGUE}|{_COUNT})
    # "two hundred and fifty", but not "two and fifty"
    (?:(?:[ -]|(?<=red|and|ion){SPACE}and{SPACE}){_COUNT})*
    (?:{SPACE}and{SPACE}a{SPACE}half(?:{SPACE}{_SCALE})? | (?<=[Oo]ne)[ -]{_PART}
      | [ -](?:halves|{_PART}s))? {_END}
  | [〇零一二两三四五六七八九][〇零一二两三四五六七八九点十百千]{{0,12}}[十百千万萬亿億兆]{{1,4}}
)"""
_NUMBER = rf"(?:{_FIGURE}|{_SPELLED})"
# "More than 100" is no more 100 than "under 100" is; "about 100" is, and stays behind.
_BOUND = rf"(?:(?:[Mm]ore|[Ll]ess|[Ff]ewer){SPACE}than|[Oo]ver|[Aa]t{SPACE}least)"
# What they begin with. Looked at first, for speed; less exact, so that it is compiled fast, too.
_MAY_COUNT = (
    rf"(?=[-\u2212+±.\d¼-¾⅐-⅞〇零一二两三四五六七八九]|{_SYMBOL}|{_SCALE}|{_NUMERAL}|{_MANY}"
    rf"|[Hh]alf{SPACE}|[Aa]n?{SPACE}|[Ss]everal{SPACE})"
)
_YEAR = r"[12]\d\d\d(?![.,]?\d)"
# "20 to 30 percent" is one answer; "from 20 to 30 percent" and "2018 to 2022" hold two.
_NEITHER = rf"(?!{_YEAR}|\d+(?:st|nd|rd|th))"
_RANGE = rf"""(?:
    (?<![Ff]rom{SPACE})(?P<between>(?<=etween{SPACE}))?
    {_NEITHER}{_NUMBER}{SPACE}(?(between)(?:to|and)|to){SPACE}{_NEITHER}{_NUMBER}
  | (?<![Ff]rom{SPACE}){_FIGURE}[%％]{SPACE}to{SPACE}{_FIGURE}(?=[%％])
)"""

# --- What a number is counted in: percent, money, measures. Not what it counts ("530 projects").

_CODE = "(?:RMB|CNY|USD|EUR|GBP|JPY|HKD|SGD|Rs)"
_NATION = rf"(?:(?:[A-Z][a-z]{{1,12}}|(?:[A-Z]\.?){{1,4}}){SPACE}){{0,2}}"
_MONEY = _either(
    r"""yuan renminbi dollars? euros? pounds?(?:\ssterling)? pence cents? yen rupees? rou?bles?
    francs? pesos? rand baht ringgit rupiah dirhams? riyals? dinars? lira"""
)
_TIME = _either("seconds minutes? hours? days? weeks? months? years? decades? centuries")
_MEASURE = r"""(?:(?:square|cubic|sq\.?|cu\.?)[ ](?=[a-z]))?(?:
    (?:kilo|mega|giga|tera|peta|milli|micro|nano|centi)?
    (?:met(?:er|re)|gram|lit(?:er|re)|watt(?:[- ]hour)?|volt|byte|bit|joule|tonne|ton|second)s?
  | (?:nautical[ ])?miles? | feet | foot | inch(?:es)? | yards? | acres? | hectares? | gallons?
  | barrels? | ounces? | calories | knots? | light-years? | degrees?(?:[ ](?:Celsius|Fahrenheit))?
  | [kcmnµμ]?m[²³23]? | [km]?g | lbs? | oz | ft | mph | rpm | ha | ml | hp | dB
  | [kMGT]?Wh? | [kMGT]?Hz | [kMGTP]i?B | [kMGT]bps
)(?:/[a-z]+[²³]?)?"""
_UNIT = rf"""(?:
    (?: {SPACE}?(?:[%％‰€℃℉㎡] | °{SPACE}?(?:[CFK]{_END})?)
      | {SPACE}(?:percent(?:age{SPACE}points?)? | per{SPACE}cent | basis{SPACE}points?
        | {_NATION}{_MONEY} | {_CODE} | {_TIME} | {_MEASURE}
        | (?:(?<=illion{SPACE})|(?:South{SPACE})?Korean{SPACE})won){_END}  # else a verb
    )(?:{SPACE}per{SPACE}(?:second|minute|hour|day|week|month|year|annum|capita
      |(?:square|cubic){SPACE}[a-z]+){_END})?
  | {SPACE}?(?:个?百分点|人民币|[美欧日港]?元|平方公里|[平立]方米|公里|公顷|米|[公千]克|公斤|吨
    |千瓦时|年|个月|天|小时|分钟|秒|岁)
  | {SPACE}(?:[ap]\.m\. | [AP]\.M\. | B\.C\. | A\.D\.
    | (?:[ap]m|[AP]M|o['\u2019]clock|BCE?|CE|AD|GMT|UTC){_END})
)"""

# --- Dates. A day is nothing without its month; the year may stay away.

_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)"
_DAYS = rf"{_DAY}(?:(?:{SPACE}?[-–]{SPACE}?|{SPACE}(?:to|and){SPACE}){_DAY})?"
_MONTH = rf"""(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?
    |Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?){_END}"""

# The pieces of a line, each with the part (its named group) that is a fragment without the rest.
# Pieces never overlap, so one pass finds all of them, and widening twice changes nothing.
PIECE = re.compile(
    rf"""
    (?=[\dJFMASOND])(?P<date> {_DAYS}(?:{SPACE}of)?{SPACE}{_MONTH} | {_MONTH}{SPACE}{_DAYS}{_END}
      | \d{{4}}(?:-\d\d?-|/\d\d?/)\d\d?{_END})(?:,?{SPACE}{_YEAR}{_END})?
  | (?:\d{{4}}年)?(?P<chinese_date> \d\d?月(?:\d\d?日)?)
  | {_YEAR}[-–/](?P<end_year> \d\d?){_END}  # the 19 of 2018-19
  | (?:{_BOUND}{SPACE}{_NEITHER})?(?:(?:{_CODE}|AD|A\.D\.){SPACE}?)?
    {_MAY_COUNT}(?P<amount>{_RANGE}|{_NUMBER})(?:(?<!\dst)(?<!\dnd)(?<!\drd)(?<!\dth){_UNIT})?
  | (?P<word> {WORD} | [{UNSPACED}][{_MARKS}]*)
    """,
    re.VERBOSE,
)
WORDS = re.compile(WORD, re.VERBOSE)
BREAKS = "\n\r\f\v\x85\u2028\u2029"
BREAK = re.compile(f"[{BREAKS}]")
# Behind these no piece goes on: the search for pieces may begin there, not at the line's start.
CLEAR = re.compile(
    rf"[{BREAKS}|，。；：！？、]|[,;:!?()\u201c\u201d\"] (?![12]\d\d\d)"
    r"|\.(?<=[a-z\d][a-z\d]\.) (?=[A-Z])"
)
