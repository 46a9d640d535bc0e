"""The school's own words: a text is a table of languages; a missing one falls back."""

from typing import Annotated, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict


class Table(BaseModel):
    """A table of a content file; a key that nobody knows is a mistake, not a silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _said(text: dict[str, str]) -> dict[str, str]:
    if not any(words.strip() for words in text.values()):
        raise ValueError('no words in any language; add for example it = "..."')
    return text


Text: TypeAlias = Annotated[dict[str, str], AfterValidator(_said)]


def within(most: int) -> AfterValidator:
    """A check that no language's words are longer than so many characters."""

    def check(text: dict[str, str]) -> dict[str, str]:
        for language, words in text.items():
            if len(words) > most:
                raise ValueError(f"{language} has {len(words)} characters; make it {most} or less")
        return text

    return AfterValidator(check)


Label: TypeAlias = Annotated[Text, within(24)]
Sentence: TypeAlias = Annotated[Text, within(300)]


def in_language(text: Text, language: str) -> str:
    """The words in a language, else in the first one that the text has."""
    return text.get(language) or next(words for words in text.values() if words.strip())
