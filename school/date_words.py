"""Turns a text with a date into signs, whatever its language and script; guesses at no word.

Names of days and months are CLDR's, of as many languages as are asked for. W0 is Monday, M1
January, T0 today, E every, N next, NW next week, TW this week, A before noon, P after it, S in the
evening; @ says at, < from, - until, & and, FOR, X times, NOON, HALF an hour more. A word with two
meanings ("mar" is Tuesday and March) gives two rows; a word that nobody knows stays.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, product

from babel import Locale
from rapidfuzz import fuzz

from school.chinese import in_figures

LANGUAGES = ("it", "en", "es", "fr", "ar", "zh")
_COUNTRIES = {"ar": ("ar", "ar_SY", "ar_MA", "ar_DZ")}  # months have other names there
_LIKE = 85  # of 100: "novenbre" is November, "domanica" Sunday; "giovani" is nothing
_LEAST_LIKE = 5  # shorter words are like too many others
_MOST = 40  # signs; no date has more
_MOST_ROWS = 8
_LONGEST = 300
_SIGN = re.compile(r"[A-Z]+\d*|h|[\d:./]+|[&@<-]")
_ALIKE = str.maketrans(
    {"ى": "ي", "ة": "ه", "ـ": None, "×": "x", "،": ",", "、": ","}
    | dict.fromkeys("–—−~‐‑", "-")
    | dict.fromkeys("'’ʼ‘_|", " ")
)

_WORDS = {
    "@": "ore,alle ore,alle,all,alla,at,a las,a la,a,as,h,الساعة,في الساعة,على الساعة,"
    "في تمام الساعة",
    "<": "dalle ore,dalle,dalla,tra le,fra le,from,between,desde las,desde el,desde,"
    "de las,entre las,entre,de,a partir de las,a partir de,a partir du,"
    "a partire dalle,من الساعة,من,بين,从",
    "-": "fino alle ore,fino alle,fino al,fino a,sino alle,sino al,al,to,till,until,"
    "through,hasta las,hasta la,hasta el,hasta,jusqu a,jusqu au,au,إلى,حتى,"
    "إلى الساعة,حتى الساعة,到,至",
    "&": "e le,e,ed,and,y las,y,et,و,和,及,与",
    "A": "am,del mattino,di mattina,della mattina,mattina,mattino,in the morning,morning,"
    "de la mañana,por la mañana,du matin,le matin,matin,صباحا,الصبح,ص,上午,早上,凌晨",
    "P": "pm,del pomeriggio,di pomeriggio,nel pomeriggio,pomeriggio,in the afternoon,"
    "afternoon,de la tarde,por la tarde,tarde,de l apres-midi,l apres-midi,"
    "apres-midi,apres midi,de l apres midi,l apres midi,ظهرا,بعد الظهر,عصرا,م,下午,"
    "中午",
    "S": "di sera,della sera,la sera,sera,in the evening,evening,de la noche,por la noche,"
    "noche,du soir,le soir,soir,مساء,في المساء,晚上,傍晚",
    "T0": "oggi,today,hoy,aujourd hui,اليوم,今天,今日",
    "T1": "domani,tomorrow,mañana,demain,غدا,بكرة,明天,明日",
    "T2": "dopodomani,dopo domani,day after tomorrow,pasado mañana,apres-demain,"
    "apres demain,بعد غد,后天,後天",
    "T0 S": "stasera,questa sera,tonight,this evening,esta noche,ce soir,الليلة,هذا المساء,今晚",
    "T0 P": "questo pomeriggio,this afternoon,esta tarde,cet apres-midi,cet apres midi",
    "T1 S": "明晚",
    "N": "prossimo,prossima,next,próximo,próxima,que viene,prochain,prochaine,القادم,"
    "القادمة,المقبل,المقبلة",
    "NW": "della prossima settimana,prossima settimana,della settimana prossima,"
    "settimana prossima,of next week,next week,de la próxima semana,próxima semana,"
    "de la semana que viene,semana que viene,de la semaine prochaine,"
    "semaine prochaine,من الأسبوع القادم,الأسبوع القادم,من الأسبوع المقبل,"
    "الأسبوع المقبل",
    "E": "ogni settimana,every week,weekly,cada semana,chaque semaine,كل أسبوع,ogni,"
    "tutti i,tutte le,every,each,cada,todos los,todas las,chaque,tous les,كل,每个,"
    "每逢,每",
    "X": "volte,times,veces,fois,مرات,incontri,meetings,encuentros,rencontres,لقاءات,"
    "settimane,weeks,semanas,semaines,أسابيع,x,次,场",
    "FOR": "per,for,por,durante,pendant,لمدة,pour,共,连续",
    "HALF": "half past,mezza,mezzo,media,demie,والنصف,النصف,半",
    "NOON": "mezzogiorno,noon,midday,mediodía,midi,正午",
    "": "da,o clock,الموافق,il,lo,la,le,l,i,gli,del,della,dal,dall,di,nel,the,on,of,in,"
    "el,los,las,en,les,du,des,d,giorno,dia,day,jour,يوم,في,ايام,quando,when,cuando,"
    "quand,data,date,fecha,متى,التاريخ,questo,questa,this,este,esta,ce,cette,هذا,"
    "日期,时间,的,在,起,开始",
}
_NUMBERS = (
    "una due tre quattro cinque sei sette otto nove dieci undici dodici",
    "one two three four five six seven eight nine ten eleven twelve",
    "una dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "une deux trois quatre cinq six _ huit neuf dix onze douze",
    "الواحدة الثانية الثالثة الرابعة الخامسة السادسة السابعة الثامنة التاسعة العاشرة",
)
_EXTRA = {"tues": "W1", "thur": "W3", "thurs": "W3", "sabati": "W5", "domeniche": "W6"}
_CHINESE_DAYS = {"天": 6} | {char: number for number, char in enumerate("一二三四五六日")}
_CHINESE_WEEKS = {"下": "NW ", "本": "TW ", "这": "TW ", "這": "TW ", "": ""}
_CHINESE_WEEKDAY = re.compile(
    r"(下|本|这|這|)[个個]?(?:星期|周|週|礼拜|禮拜)([一二三四五六日天])(?![点點年月])"
)
_HOUR = r"(?<![\d:./])([01]?\d|2[0-4])"
_H = r"h(?:oras?|eures?|ours?|rs?|s)?"
# One way to write dates and clocks; the order matters.
_SPELLING = tuple(
    (re.compile(pattern), sign)
    for pattern, sign in (
        (r"(\d{4}) *年", r" \1 "),
        (r"(\d{1,2}) *月 *(?:(\d{1,2})(?: *[日号號]|(?!\d| *[点點时時:])))?", r" M\1 \2 "),
        (r"(\d{1,2}) *[日号號]", r" \1 "),
        (r"(\d{1,2}) *[点點时時][钟鐘]? *半", r" \1:30 "),
        (r"(\d{1,2}) *[点點时時] *(\d\d)(?! *[\d点點时時])(?: *分)?", r" \1:\2 "),
        (r"(\d{1,2}) *[点點时時][钟鐘整]?", r" \1:00 "),
        (r"(?<=\d)(?:st|nd|rd|th|er|o|°)(?!\w)|(?<=\d)t(?=\d)", " "),
        (r"(?<![^\W\d_])([ap])\. ?m\b\.?", r" \1m "),
        (r"(?<![\d:.])(\d{4})([-/.])(\d\d?)\2(\d\d?)(?!\d)", r" \4/\3/\1 "),
        (r"(?<![\d:.])(\d\d?)([-/.])(\d\d?)\2(\d{4}|\d\d)(?!\d)", r" \1/\3/\4 "),
        (r"(?<![\d:.])(2[5-9]|3[01])-(0?[1-9]|1[0-2])(?![\d:.])", r" \1/\2 "),
        (rf"{_HOUR}[:.](\d\d) ?{_H}(?!\w)", r" \1:\2 "),
        # "18 h 30" is half past six; in "sabato 12 h 18" the 12 can be a day.
        (
            rf"(?<=[^\W\d_] )([1-9]|1\d|2[0-4]) {_H} ([01]\d|2[0-4])(?! ?[\d:.h/])",
            r"\1:\2|\1_h_\2 ",
        ),
        (rf"{_HOUR} ?{_H} ?([0-5]\d)(?! ?[\d:.h/])", r" \1:\2 "),
        (rf"{_HOUR} ?{_H}([0-5]\d)(?!\d)", r" \1:\2 "),
        (rf"{_HOUR}(?:{_H}(?!\w)| {_H}(?!\w)(?! \d))", r" \1:00 "),
        (r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_WMT])(?=\d)", " "),
        (r"(?<!\d)[.:/]|[.:/](?!\d)", " "),
        (r"[^\w\s:./,&+|-]", " "),
        (r"[,+]", " & "),
    )
)


def plain(text: str) -> str:
    """Lower case, Western figures, no accents, no marks of direction."""
    western = "".join(str(unicodedata.decimal(char, char)) for char in text.casefold())
    apart = unicodedata.normalize("NFKD", western)
    kept = "".join(char for char in apart if unicodedata.category(char) not in ("Mn", "Cf"))
    return " ".join(kept.translate(_ALIKE).split())


_WORD = re.compile(r"(?<![\w-])\w+(?![\w-])")  # "dix-huit" is neither ten nor eight
# French "sept" is September too, and stays that.
_FIGURES = {
    plain(word): str(number) for row in _NUMBERS for number, word in enumerate(row.split(), start=1)
}


def variants(text: str, languages: Sequence[str] = LANGUAGES) -> list[list[str]]:
    """The signs of a text; several rows where a word has several meanings, none if it is too
    long to be a date.
    """
    names = tuple(languages)
    tokens = _tokens(text, names) if len(text) <= _LONGEST else []
    if len(tokens) > _MOST:
        return []
    meanings = (_nearest(token, names).split("|") for token in tokens)
    rows = islice(product(*meanings), _MOST_ROWS)
    return [" ".join(row).replace("_", " ").split() for row in rows]


def unknown(tokens: Sequence[str]) -> tuple[str, ...]:
    """The words among signs that nobody knows."""
    return tuple(token for token in tokens if not _SIGN.fullmatch(token))


def _tokens(text: str, languages: tuple[str, ...]) -> list[str]:
    signs, pattern = _vocabulary(languages)
    found = pattern.sub(lambda match: f" {signs[match[0]]} ", _spelled(plain(text)))
    return found.replace("-", " - ").split()


def _spelled(text: str) -> str:
    text = _WORD.sub(lambda match: _FIGURES.get(match[0], match[0]), text)
    text = _CHINESE_WEEKDAY.sub(_weekday, text)
    if any("\u4e00" <= char <= "\u9fff" for char in text):
        text = in_figures(text)
    for pattern, sign in _SPELLING:
        text = pattern.sub(sign, text)
    return " ".join(text.split())


def _weekday(match: re.Match[str]) -> str:
    return f" {_CHINESE_WEEKS[match[1]]}W{_CHINESE_DAYS[match[2]]} "


@lru_cache
def _vocabulary(languages: tuple[str, ...]) -> tuple[dict[str, str], re.Pattern[str]]:
    """What words mean, and a pattern that finds them, the longest first."""
    words = {plain(word): sign for sign, row in _WORDS.items() for word in row.split(",")}
    signs = words | _names(languages)
    pieces = [_bounded(word) for word in sorted(signs, key=len, reverse=True)]
    return signs, re.compile("|".join(pieces))


def _bounded(word: str) -> str:
    """Chinese has no spaces between words, all others do."""
    whole = re.escape(word)
    return whole if "\u4e00" <= word[0] <= "\u9fff" else rf"(?<!\w){whole}(?!\w)"


@lru_cache
def _names(languages: tuple[str, ...]) -> dict[str, str]:
    """The names of days and months; one with two meanings has both."""
    found: dict[str, list[str]] = {word: [sign] for word, sign in _EXTRA.items()}
    for language in languages:
        for country in _COUNTRIES.get(language, (language,)):
            for word, sign in _names_of(Locale.parse(country)):
                meanings = found.setdefault(word, [])
                meanings += [sign] if sign not in meanings else []
    return {word: "|".join(meanings) for word, meanings in found.items()}


def _names_of(locale: Locale) -> Iterator[tuple[str, str]]:
    """CLDR's names in a language, whole and short; those of Chinese are numbers."""
    for letter, tables in (("W", locale.days), ("M", locale.months)):
        for context, width in product(("format", "stand-alone"), ("wide", "abbreviated")):
            for number, name in tables[context][width].items():
                word = plain(name).rstrip(".")
                if not re.search(r"[\d\u4e00-\u9fff]", word):
                    yield word, f"{letter}{number}"
                    yield word.removeprefix("ال"), f"{letter}{number}"


def _nearest(token: str, languages: tuple[str, ...]) -> str:
    """What a word is nearly the name of, if that is one day or month."""
    if len(token) < _LEAST_LIKE or not token.isalpha() or token.isupper():
        return token
    names = _names(languages)
    signs = {sign for name, sign in names.items() if fuzz.ratio(token, name) >= _LIKE}
    return signs.pop() if len(signs) == 1 else token
