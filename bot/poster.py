"""A poster on one page: what the school is, a code to scan, and where a human is for whoever has no
Telegram. The first language is large, the others below.
"""

from collections.abc import Mapping, Sequence

from bot import printing
from db.types import Json
from locales import translator
from locales.translator import Words
from school import codes, links
from school.flyers import HOW
from school.loading import School
from school.phrases import Phrase, as_text, t
from school.texts import in_language

# What a poster says, by its place on the page.
_SAID: Mapping[str, Phrase] = {
    "question": t("Do you have an idea for your neighbourhood?"),
    "offer": t("A free school helps you, one question at a time. You can write or speak."),
    "how": HOW,
    "program": t("A program answers. You can also talk to a person."),
    "without": t("Without Telegram: come to us, or call"),
}


def speak(language: str) -> Words:
    """The words of a language; in English where it has no catalog."""
    return translator.words(language if language in translator.available() else translator.SOURCE)


async def pdf(school: School, words: Sequence[Words], bot: str, source: str) -> bytes:
    """The poster in these languages, the first one large."""
    what = page(school, words, bot, source)
    return await printing.pdf("poster.typ", what, words[0].language, right_to_left=False)


def page(school: School, words: Sequence[Words], bot: str, source: str) -> dict[str, Json]:
    """What stands on it, by place."""
    blocks: list[Json] = [_block(school, one) for one in words]
    return {"blocks": blocks, "address": f"t.me/{bot}", "code": codes.svg(links.opens(bot, source))}


def _block(school: School, words: Words) -> dict[str, Json]:
    language, human = words.language, school.settings.human
    said: dict[str, Json] = {place: as_text(phrase, words) for place, phrase in _SAID.items()}
    where = (in_language(text, language) for text in (human.name, human.place, human.hours))
    return {
        **said,
        "language": language,
        "right_to_left": words.right_to_left,
        "school": in_language(school.settings.name, language),
        "human": "\n".join([*where, f"\u2066{human.phone}\u2069"]),
    }
