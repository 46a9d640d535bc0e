"""Numbers in Chinese characters, written out in Western figures for school/numbers.py to read.

What leaves a choice ("三四千", "七八个") becomes all that it can mean, to be asked; what is no
certain number ("几千", "十几", "一半", "一起") becomes none.
"""

import re

_FIGURES = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
    "俩": 2,
    "仨": 3,
}
_UNITS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "萬": 10_000}
_TEN_THOUSAND = 10_000
_SOME = "几数"
_ANY = "".join(_FIGURES | _UNITS)
# Words with a figure in them that counts nothing: "per cent", "the second", "together", "half".
_NO_COUNT = re.compile(
    rf"百分之|第[{_ANY}\d]+|(?<![{_ANY}])(?:万一|一[起些样定直共般切下会旦半边])"
)
_TENTHS = re.compile(r"([一二两三四五六七八九])成(?![功员年为立本])")
_WORD = re.compile(rf"(?<![\d.,])[\d{_SOME}{_ANY}]+")
_TOKEN = re.compile(r"\d+|.")
_ONE_TO_NINE = "[一二两三四五六七八九]"
_EITHER = re.compile(rf"(?<!{_ONE_TO_NINE}){_ONE_TO_NINE}{{2}}(?!{_ONE_TO_NINE})")


def in_figures(text: str) -> str:
    """The text with its Chinese numbers in Western figures."""
    counted = _TENTHS.sub(r"\1十", _NO_COUNT.sub(" ", text))
    return _WORD.sub(lambda match: _figures(match[0]), counted)


def _figures(word: str) -> str:
    """All that a word can mean, with spaces between; what is not Chinese stays as it is."""
    tokens = _TOKEN.findall(word)
    if any(token in _SOME for token in tokens):
        return " "
    if word.isdecimal() or word in ("千", "万", "萬", "千万"):
        return word
    if not any(token in _UNITS for token in tokens):
        return _row(tokens)
    either = _EITHER.search(word)
    if either is None:
        return f" {_sum(tokens)} "
    return " ".join(
        ["", *(str(_sum(_TOKEN.findall(_EITHER.sub(one, word)))) for one in either[0]), ""]
    )


def _row(tokens: list[str]) -> str:
    """Figures without a unit: "二〇二六" is one number, "七八" is seven or eight."""
    figures = [str(_FIGURES.get(token, token)) for token in tokens]
    nearly = [str(int(figures[0]) + 1)] == figures[1:]
    return f" {' '.join(figures)} " if nearly else "".join(figures)


def _sum(tokens: list[str]) -> int:
    """A number with units; a last figure has the next smaller unit: "三万五" is 35,000."""
    total, below, figure, unit = 0, 0, 0, 1
    for token in tokens:
        if token in _UNITS:
            unit = _UNITS[token]
            if unit == _TEN_THOUSAND:
                total, below = (total + below + figure or 1) * unit, 0
            else:
                below += (figure or 1) * unit
            figure = 0
        else:
            figure = int(_FIGURES.get(token, token))
            unit = unit if figure in range(1, 10) else 1
    return total + below + figure * max(1, unit // 10)
