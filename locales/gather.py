"""Gathers the msgids of the code and brings every catalog up to date: `make words`.

A catalog says nothing but its words: no dates, no names, no places in the code, so that a change of
it is a change of words. For a new language, begin with an empty LANGUAGE/LC_MESSAGES/bot.po.
"""

import io
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from locales.translator import FOLDER, SOURCE, available, catalog

CODE = ("bot", "handlers", "school")
_KEYWORDS = {"t": None, "tn": (1, 2)}


def msgids() -> Catalog:
    """What the code says in English, without any translation."""
    gathered = Catalog()
    for name in CODE:
        found = extract_from_dir(FOLDER.parent / name, keywords=_KEYWORDS)
        for _, _, msgid, _, _ in found:
            gathered.add(msgid)
    return gathered


def up_to_date(language: str) -> str:
    """The text of a language's catalog: new msgids are empty, those that are gone are left out."""
    words = catalog(language)
    words.update(msgids(), no_fuzzy_matching=True)
    written = io.BytesIO()
    write_po(
        written, words, omit_header=True, sort_output=True, no_location=True, ignore_obsolete=True
    )
    return _header(words, language) + written.getvalue().decode()


def _header(words: Catalog, language: str) -> str:
    name = Locale.parse(language).get_language_name(SOURCE)
    return (
        f"# Quartieri: the program's words in {name}.\n"
        'msgid ""\n'
        'msgstr ""\n'
        f'"Language: {language}\\n"\n'
        f'"Plural-Forms: {words.plural_forms}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    )


def path(language: str) -> Path:
    """Where a language's catalog is."""
    return FOLDER / language / "LC_MESSAGES" / "bot.po"


def main() -> None:
    """Write every catalog anew."""
    for language in available():
        if language != SOURCE:
            path(language).write_text(up_to_date(language), encoding="utf-8")


if __name__ == "__main__":
    main()
