"""Pictures, files, places, albums and links on the page, at the width of a phone too."""

import io
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest
import segno
from playwright.async_api import Browser, Page, expect

from tests.browser.bot import COORDINATOR, RESIDENT, TUTOR, Bot, Json
from tests.browser.phones import bubble, phone, places, texts, write

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
SEAT = {"inline_keyboard": [[{"text": "Vengo", "callback_data": "seat:1"}]]}
START = "https://t.me/quartieri_bot?start=ref_7"
SHARE = "https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fquartieri_bot"
EDGES = """
(node) => {
  const around = node.getBoundingClientRect();
  const text = document.createTreeWalker(node, NodeFilter.SHOW_TEXT).nextNode();
  const range = document.createRange();
  const lines = [];
  let at = 0;
  for (const line of text.data.split("\\n")) {
    range.setStart(text, at);
    range.setEnd(text, at + line.length);
    const box = range.getBoundingClientRect();
    lines.push([Math.round(box.left - around.left), Math.round(around.right - box.right)]);
    at += line.length + 1;
  }
  return lines;
}
"""
"""How far each line of a text is from the left and the right edge of its bubble."""


def picture(text: str = START) -> bytes:
    drawn = io.BytesIO()
    segno.make(text).save(drawn, kind="png", scale=8)  # pyright: ignore[reportUnknownMemberType] - untyped
    return drawn.getvalue()


def data_of(update: Json) -> object:
    return cast("Json", update["callback_query"])["data"]


@pytest.fixture
async def narrow(browser: Browser, bot: Bot) -> AsyncIterator[Page]:
    """The page at the width of a cheap phone."""
    context = await browser.new_context(viewport={"width": 360, "height": 720})
    opened = await context.new_page()
    await opened.goto(bot.url)
    yield opened
    await context.close()


async def fits(page: Page) -> bool:
    script = "document.documentElement.scrollWidth <= window.innerWidth"
    return cast("bool", await page.evaluate(script))


async def test_a_picture_has_its_caption_and_buttons(
    narrow: Page, bot: Bot, screenshots: Path
) -> None:
    await bot.met()
    content = picture()
    caption = "<b>Il tuo posto</b>\nMostra questo codice"
    told = {"caption": caption, "parse_mode": "HTML", "reply_markup": json.dumps(SEAT)}
    await bot.shows("sendPhoto", {"photo": ("qr.png", content)}, **told)
    sent = bubble(narrow, 2)
    await expect(sent.locator(".text")).to_have_text("Il tuo posto\nMostra questo codice")
    await expect(sent.get_by_role("img", name="Photo")).to_be_visible()
    assert await fits(narrow)
    await narrow.screenshot(path=screenshots / "picture.png")
    button = sent.get_by_role("button", name="Vengo")
    await button.focus()
    await narrow.keyboard.press("Enter")
    assert data_of(await bot.hears()) == "seat:1"
    link = sent.get_by_role("link", name="Photo")
    await link.focus()
    async with narrow.context.expect_page() as opening:
        await narrow.keyboard.press("Enter")
    opened = await opening.value
    await expect(opened.locator("img")).to_be_visible()
    async with bot.http.get(opened.url) as response:
        assert (response.content_type, await response.read()) == ("image/png", content)


async def test_a_caption_may_stand_above(page: Page, bot: Bot) -> None:
    await bot.met()
    files = {"photo": ("qr.png", picture())}
    await bot.shows("sendPhoto", files, caption="Sopra", show_caption_above_media="true")
    await bot.shows("sendPhoto", files, caption="Sotto")
    for number, first in ((2, "text"), (3, "photo")):
        order = (
            await bubble(page, number)
            .locator(".body > :first-child")
            .evaluate("node => node.matches('.text') ? 'text' : 'photo'")
        )
        assert order == first


async def test_a_calendar_file_is_saved_under_its_name(narrow: Page, bot: Bot) -> None:
    await bot.met()
    name = "incontro-con-gli-artigiani-del-quartiere.ics"
    await bot.shows("sendDocument", {"document": (name, CALENDAR)}, caption="Calendario")
    link = bubble(narrow, 2).get_by_role("link", name=name)
    await link.focus()
    async with narrow.expect_download() as saving:
        await narrow.keyboard.press("Enter")
    saved = await saving.value
    assert saved.suggested_filename == name
    assert (await saved.path()).read_bytes() == CALENDAR
    assert await fits(narrow)


async def test_a_place_has_name_address_and_buttons(page: Page, bot: Bot) -> None:
    await bot.met()
    place = {"title": "Biblioteca", "address": "Via Lodi 1", "latitude": 45.48, "longitude": 9.2}
    await bot.call("sendVenue", chat_id=RESIDENT, **place, reply_markup=SEAT)
    link = bubble(page, 2).get_by_role("link", name="Biblioteca")
    await expect(link).to_have_text("BibliotecaVia Lodi 1")
    await expect(link).to_have_attribute(
        "href", "https://www.openstreetmap.org/?mlat=45.48&mlon=9.2#map=16/45.48/9.2"
    )
    await bubble(page, 2).get_by_role("button", name="Vengo").click()
    assert data_of(await bot.hears()) == "seat:1"


async def test_pictures_of_an_album_stand_in_pairs(
    narrow: Page, bot: Bot, screenshots: Path
) -> None:
    await bot.met()
    names = ("a", "b", "c")
    album = [{"type": "photo", "media": f"attach://{name}"} for name in names]
    files = {name: (f"{name}.png", picture()) for name in names}
    await bot.shows("sendMediaGroup", files, media=json.dumps(album))
    await bot.says("Dopo")
    await expect(bubble(narrow, 4)).to_have_attribute("data-album", "wide")
    first, second, third, after = await places(narrow, 2, 3, 4, 5)
    assert first.x == third.x == after.x < second.x
    assert first.y == second.y
    assert await fits(narrow)
    await narrow.screenshot(path=screenshots / "album.png")
    await bot.call("deleteMessage", chat_id=RESIDENT, message_id=4)
    await bot.call("deleteMessage", chat_id=RESIDENT, message_id=3)
    await expect(bubble(narrow, 2)).not_to_have_attribute("data-album", "start")


async def test_each_line_of_a_text_has_its_own_direction(
    page: Page, bot: Bot, screenshots: Path
) -> None:
    for user in (RESIDENT, TUTOR, COORDINATOR):
        await bot.met(user)
    lines = ["Una scheda nuova, da leggere con calma", "مكان للأمهات", "Utile: sì"]
    italian_first = await bot.says("\n".join(lines))
    arabic_first = await bot.says("\n".join([lines[1], lines[0], lines[1]]), chat=TUTOR)
    for number, user, arabic in ((italian_first, RESIDENT, {1}), (arabic_first, TUTOR, {0, 2})):
        edges = cast(
            "list[list[int]]", await bubble(page, number, user).locator(".text").evaluate(EDGES)
        )
        starts = [right if index in arabic else start for index, (start, right) in enumerate(edges)]
        assert starts == [0, 0, 0]
        assert all(edges[index][0] > 20 for index in arabic)
    await page.screenshot(path=screenshots / "directions.png")


async def test_a_link_to_the_bot_in_a_text_starts_it(page: Page, bot: Bot) -> None:
    await bot.met()
    message = await bot.says(f"Invita: {START} oppure t.me/quartieri_bot")
    link = bubble(page, message).get_by_role("link", name="ref_7")
    await link.focus()
    await page.keyboard.press("Enter")
    assert (await bot.reads())["text"] == "/start ref_7"
    await bubble(page, message).get_by_role("link", name="t.me/quartieri_bot").last.click()
    assert (await bot.reads())["text"] == "/start"


async def test_a_link_within_telegram_opens_nothing_outside(page: Page, bot: Bot) -> None:
    await bot.met()
    outside = {"inline_keyboard": [[{"text": "Condividi", "url": SHARE}]]}
    message = await bot.says(f"Condividi: {SHARE}", reply_markup=outside)
    link = bubble(page, message).get_by_role("link", name="t.me/share")
    await link.click(button="middle")
    await link.click(modifiers=["Control"])
    note = phone(page).get_by_role("status")
    await expect(note).to_have_text(f"In Telegram this opens {SHARE}")
    await page.keyboard.press("Escape")
    await bubble(page, message).get_by_role("button", name="Condividi").click()
    await expect(note).to_have_text(f"In Telegram this opens {SHARE}")
    assert page.context.pages == [page]


async def test_the_bot_asks_for_an_answer(page: Page, bot: Bot) -> None:
    await bot.met()
    asked = await bot.says("Come si chiama il posto?", reply_markup={"force_reply": True})
    await expect(phone(page).locator(".about")).to_contain_text("Come si chiama il posto?")
    await expect(phone(page).get_by_label("Message", exact=True)).to_be_focused()
    await page.keyboard.type("La Corte")
    await page.keyboard.press("Enter")
    replied = cast("Json", (await bot.reads())["reply_to_message"])
    assert replied["message_id"] == asked
    await write(page, "Altro")
    assert "reply_to_message" not in await bot.reads()


async def test_a_page_that_opens_later_asks_too(page: Page, bot: Bot) -> None:
    await bot.met()
    await bot.says("Come si chiama il posto?", reply_markup={"force_reply": True})
    await page.reload()
    await expect(phone(page).locator(".about")).to_contain_text("Come si chiama il posto?")
    await write(page, "La Corte")
    await expect(texts(page)).to_have_text(["/start", "Come si chiama il posto?", "La Corte"])
    await page.reload()
    await expect(texts(page)).to_have_text(["/start", "Come si chiama il posto?", "La Corte"])
    await expect(phone(page).locator(".about")).to_be_hidden()


async def test_who_writes_on_another_phone_is_not_taken_from_there(page: Page, bot: Bot) -> None:
    await bot.met()
    field = phone(page, TUTOR).get_by_label("Message", exact=True)
    await field.focus()
    await bot.says("Come si chiama il posto?", reply_markup={"force_reply": True})
    await expect(phone(page).locator(".about")).to_contain_text("Come si chiama il posto?")
    await expect(field).to_be_focused()


async def test_a_keyboard_asks_for_the_position(page: Page, bot: Bot) -> None:
    await bot.met()
    button = {"text": "La mia posizione", "request_location": True}
    await bot.says("Dove sei?", reply_markup={"keyboard": [[button]], "resize_keyboard": True})
    await phone(page).get_by_role("button", name="La mia posizione").press("Enter")
    await page.get_by_label("Where").select_option("Giambellino")
    await page.get_by_role("button", name="Send position").press("Enter")
    message = cast("Json", (await bot.hears())["message"])
    assert message["location"] == {"latitude": 45.44712, "longitude": 9.1371}
    await expect(texts(page)).to_have_text(["/start", "Dove sei?"])


async def test_a_message_that_no_telegram_would_send_stops_no_phone(page: Page, bot: Bot) -> None:
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    odd: tuple[Json, ...] = (
        {"photo": "x"},
        {"text": 5},
        {"text": "a", "entities": 5},
        {"location": {}},
        {"contact": None},
        {"new_chat_members": 5},
        {"poll": {}},
        {"reply_to_message": {"text": 5}},
    )
    for fields in odd:
        await bot.sim("send", {"user": RESIDENT, "raw": fields})
    await bot.sim("send", {"user": RESIDENT, "text": "Avanti"})
    await expect(texts(page).last).to_have_text("Avanti")
    await expect(phone(page).locator("[data-message]")).to_have_count(len(odd) + 1)
    assert failures == []
