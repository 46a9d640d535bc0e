"""What an announcement says: addresses, albums and the words of choices."""

import pytest

from school import composing, editing
from school.composing import Content, Given

TEXT = {"method": "sendMessage", "params": {"text": "When?"}}


def _photo(file: str) -> Given:
    return Given({"method": "sendPhoto", "params": {"photo": file}}, "G")


@pytest.mark.parametrize(
    "words",
    [
        *("https://example.org", " https://example.org/a?b=c#d ", "https://sub.example.org:8443/x"),
        *("https://città.example", "HTTPS://EXAMPLE.ORG", "https://t.me/quartieri"),
    ],
)
def test_an_address_is_taken_as_it_is_written(words: str) -> None:
    assert composing.address(words) == words.strip()


@pytest.mark.parametrize(
    "words",
    [
        *("", "example.org", "http://example.org", "javascript:alert(1)", "https://"),
        *("https://localhost/x", "https://127.0.0.1", "https://[::1]/", "https://-a.org"),
        *("https://exa mple.org", "https://user:secret@example.org", "https://example.org:port"),
        *("https://example..org", "https://exa_mple.org", "https://" + "a" * 70 + ".org"),
        "https://example.org/" + "a" * composing.MOST_ADDRESS,
    ],
)
def test_what_telegram_would_not_open_is_no_address(words: str) -> None:
    assert composing.address(words) is None


def test_an_album_has_ten_files_at_most_and_another_one_is_another_message() -> None:
    content: Content = {}
    for number in range(12):
        content = composing.with_message(content, "en", _photo(str(number)))
    (part,) = composing.parts(content, "en")
    assert [item["media"] for item in part["params"]["media"]] == [*map(str, range(10))]
    other = Given({"method": "sendVoice", "params": {"voice": "v"}}, "G")
    (part,) = composing.parts(composing.with_message(content, "en", other), "en")
    assert part["method"] == "sendVoice"


def test_a_file_that_comes_again_has_other_words() -> None:
    content: Content = {}
    for file, words in (("a", "One"), ("b", "Two"), ("a", "Three")):
        part = {"method": "sendPhoto", "params": {"photo": file, "caption": words}}
        content = composing.with_message(content, "en", Given(part, "G"))
    (part,) = composing.parts(content, "en")
    assert part["params"]["media"] == [
        {"type": "photo", "media": "a", "caption": "Three"},
        {"type": "photo", "media": "b", "caption": "Two"},
    ]


def test_choices_keep_their_keys_and_a_poll_of_its_own_can_change() -> None:
    content = composing.with_message({}, "en", Given(TEXT, None, ("One", "Two")))
    content = composing.with_button(content, composing.IDEA, None, {})
    content = composing.with_message(content, "en", Given(TEXT, None, ("A", "B", "C")))
    assert [one["key"] for one in composing.buttons(content)] == ["c1", "c2", "c3", "1"]
    content = composing.with_message(content, "it", Given(TEXT, None, ("X", "Y", "Z")))
    with pytest.raises(ValueError, match="3 choices"):
        composing.with_message(content, "it", Given(TEXT, None, ("X",)))
    left = composing.without_language(content, "en")
    assert [one["label"] for one in composing.choices(left)] == [
        {"it": "X"},
        {"it": "Y"},
        {"it": "Z"},
    ]
    assert editing.languages(left) == ["it"]


def test_no_change_is_made_in_place() -> None:
    before = composing.with_message({}, "en", Given(TEXT))
    copy = {**before}
    composing.with_button(before, composing.IDEA, None, {})
    composing.with_message(before, "it", Given(TEXT))
    composing.without_language(before, "en")
    assert before == copy
