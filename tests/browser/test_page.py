"""The page as people meet it: a real browser on one side, a bot that speaks HTTP on the other."""

import wave
from io import BytesIO
from typing import cast

import pytest
from playwright.async_api import Page, expect

from tests.browser.bot import COORDINATOR, RESIDENT, TUTOR, Bot, Json
from tests.browser.phones import bubble, phone, texts, write

TUTORS, GROUP = -1001000000001, -1001000000002
ONE_PIXEL_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63606060f80f0001040100"
    "5fe5c34b0000000049454e44ae426082"
)
QUESTION = "Che problema hanno queste persone?"


def told(update: Json) -> Json:
    return cast("Json", update["message"])


def data_of(update: Json) -> object:
    return cast("Json", update["callback_query"])["data"]


def silence() -> bytes:
    sound = BytesIO()
    with wave.open(sound, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(1600))
    return sound.getvalue()


async def test_phones_stand_side_by_side_and_say_what_they_are(page: Page) -> None:
    phones = page.locator("[data-phone]")
    await expect(phones).to_have_count(4)
    for user, label in ((RESIDENT, "resident"), (TUTOR, "tutor"), (COORDINATOR, "coordinator")):
        await expect(phone(page, user).locator(".label")).to_have_text(label)
    await expect(phone(page, TUTORS).get_by_label("Write as")).to_contain_text("MarcoGiulia")
    await expect(page.get_by_text("This is not Telegram")).to_be_visible()


async def test_an_empty_chat_shows_the_description_and_starts_the_bot(page: Page, bot: Bot) -> None:
    await bot.call("setMyDescription", description="Una scuola <b>nel</b> tuo quartiere.")
    await page.reload()
    await expect(phone(page).get_by_text("Una scuola <b>nel</b> tuo quartiere.")).to_be_visible()
    await phone(page).get_by_role("button", name="Start").click()
    assert told(await bot.hears())["text"] == "/start"
    await expect(texts(page)).to_have_text(["/start"])
    await expect(phone(page).get_by_role("button", name="Start", exact=True)).to_be_hidden()


async def test_a_typed_text_goes_with_enter_and_breaks_with_shift(page: Page, bot: Bot) -> None:
    field = phone(page).get_by_label("Message", exact=True)
    await field.fill("Una sala")
    await field.press("Shift+Enter")
    await field.press_sequentially("per le mamme")
    await field.press("Enter")
    assert told(await bot.hears())["text"] == "Una sala\nper le mamme"
    await expect(texts(page)).to_have_text(["Una sala\nper le mamme"])
    await expect(field).to_have_value("")


async def test_a_press_arrives_and_an_edit_in_place_keeps_the_focus(page: Page, bot: Bot) -> None:
    await bot.met()
    kept = await bot.says("Prima")
    message = await bot.says(QUESTION, ["Un esempio", "Non lo so ancora"], ["Indietro"])
    before = await bubble(page, kept).element_handle()
    await bubble(page, message).get_by_role("button", name="Indietro").click()
    assert data_of(await bot.hears()) == "Indietro"
    keyboard = [
        [{"text": "Sì", "callback_data": "1"}],
        [{"text": "Indietro", "callback_data": "2"}],
    ]
    await bot.call(
        "editMessageText",
        chat_id=RESIDENT,
        message_id=message,
        text="Dove?",
        reply_markup={"inline_keyboard": keyboard},
    )
    await expect(bubble(page, message).locator(".text")).to_have_text("Dove?")
    await expect(bubble(page, message).get_by_text("edited")).to_be_visible()
    await expect(bubble(page, message).get_by_role("button", name="Indietro")).to_be_focused()
    assert await bubble(page, kept).evaluate("(node, before) => node === before", before)


async def test_of_two_buttons_with_one_label_the_pressed_one_is_sent(page: Page, bot: Bot) -> None:
    await bot.met()
    keyboard = [[{"text": "Scegli", "callback_data": data}] for data in ("a", "b")]
    await bot.says("Due", reply_markup={"inline_keyboard": keyboard})
    await phone(page).get_by_role("button", name="Scegli").nth(1).click()
    assert data_of(await bot.hears()) == "b"


async def test_a_pressed_button_is_busy_until_the_bot_answers(page: Page, bot: Bot) -> None:
    await bot.met()
    await bot.says("Pronto?", ["Sì"])
    button = phone(page).get_by_role("button", name="Sì")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    query = cast("Json", (await bot.hears())["callback_query"])
    await bot.call("answerCallbackQuery", callback_query_id=query["id"])
    await expect(button).not_to_have_attribute("aria-busy", "true")


async def test_a_toast_and_an_alert_show_on_the_phone_that_pressed(page: Page, bot: Bot) -> None:
    await bot.met()
    await bot.says("Pronto?", ["Sì"])
    button = phone(page).get_by_role("button", name="Sì")
    await button.click()
    query = cast("Json", (await bot.hears())["callback_query"])
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Hai un posto")
    await expect(phone(page).get_by_role("status")).to_have_text("Hai un posto")
    await expect(phone(page, TUTOR).get_by_role("status")).to_have_text("")
    await button.click()
    query = cast("Json", (await bot.hears())["callback_query"])
    await bot.call(
        "answerCallbackQuery", callback_query_id=query["id"], text="Finito", show_alert=True
    )
    alert = phone(page).get_by_role("alertdialog")
    await expect(alert).to_contain_text("Finito")
    await page.keyboard.press("Escape")
    await expect(alert).to_have_count(0)
    await expect(button).to_be_focused()


async def test_entities_are_shown_and_markup_stays_text(page: Page, bot: Bot) -> None:
    await bot.met()
    text = "😀 grasso e corsivo <img src=x onerror=alert(1)> codice segreto casa"
    spans = (
        ("bold", "grasso e corsivo"),
        ("italic", "corsivo"),
        ("code", "codice"),
        ("spoiler", "segreto"),
    )
    entities: list[Json] = [
        {"type": kind, "offset": utf16(text[: text.index(part)]), "length": utf16(part)}
        for kind, part in spans
    ]
    entities.append(
        {"type": "text_link", "offset": utf16(text) - 4, "length": 4, "url": "javascript:alert(1)"}
    )
    message = await bot.says(text, entities=entities)
    body = bubble(page, message).locator(".text")
    await expect(body.locator("strong")).to_have_text("grasso e corsivo")
    await expect(body.locator("strong em")).to_have_text("corsivo")
    await expect(body.locator("code")).to_have_text("codice")
    await expect(body).to_have_text(text)
    await expect(body.locator("img, a[href^='javascript']")).to_have_count(0)
    await body.get_by_role("button", name="Hidden text: show").click()
    await expect(body.get_by_text("segreto")).to_be_visible()


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


async def test_a_command_in_a_text_can_be_tapped(page: Page, bot: Bot) -> None:
    await bot.met()
    await bot.says("Prova /help adesso")
    await phone(page).get_by_role("button", name="/help").click()
    assert told(await bot.hears())["text"] == "/help"


async def test_a_deep_link_starts_the_bot_with_its_payload(page: Page, bot: Bot) -> None:
    await bot.met()
    link = {"text": "Apri", "url": "https://t.me/quartieri_bot?start=ev_7"}
    await bot.says("Invito", reply_markup={"inline_keyboard": [[link]]})
    await phone(page).get_by_role("button", name="Apri").click()
    assert told(await bot.hears())["text"] == "/start ev_7"


async def test_the_reply_keyboard_sends_texts_and_goes(page: Page, bot: Bot) -> None:
    await bot.met()
    keyboard = {"keyboard": [[{"text": "Oggi"}, {"text": "La mia idea"}]], "resize_keyboard": True}
    await bot.says("Ecco", reply_markup=keyboard)
    await phone(page).get_by_role("button", name="La mia idea").click()
    assert told(await bot.hears())["text"] == "La mia idea"
    await bot.says("Via", reply_markup={"remove_keyboard": True})
    await expect(phone(page).get_by_role("button", name="La mia idea")).to_have_count(0)


async def test_the_commands_menu_sends_a_command(page: Page, bot: Bot) -> None:
    commands = [{"command": "idea", "description": "La tua idea"}]
    await bot.call("setMyCommands", commands=commands)
    await phone(page).get_by_role("button", name="Commands").click()
    await page.get_by_role("button", name="/idea").press("Enter")
    assert told(await bot.hears())["text"] == "/idea"


@pytest.mark.parametrize(
    ("label", "kind", "name", "content", "shown"),
    [
        ("Photo", "photo", "sala.png", ONE_PIXEL_PNG, "img.photo"),
        ("Document", "document", "modulo.pdf", b"%PDF-1.4", "a:has-text('modulo.pdf')"),
        ("Voice message", "voice", "voce.ogg", silence(), "audio"),
    ],
)
async def test_a_file_is_attached_sent_and_can_be_opened(
    page: Page, bot: Bot, label: str, kind: str, name: str, content: bytes, shown: str
) -> None:
    await phone(page).get_by_role("button", name="Attach").click()
    async with page.expect_file_chooser() as chooser:
        await page.locator(".menu").get_by_role("button", name=label).click()
    await (await chooser.value).set_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    await write(page, "Ecco")
    message = told(await bot.hears())
    assert message["caption"] == "Ecco"
    assert kind in message
    media = phone(page).locator(shown)
    await expect(media).to_be_visible()
    link = await media.evaluate("node => node.src ?? node.href")
    async with bot.http.get(cast("str", link)) as response:
        assert await response.read() == content


async def test_an_own_message_is_corrected(page: Page, bot: Bot) -> None:
    await write(page, "Una sla")
    number = cast("int", told(await bot.hears())["message_id"])
    await bubble(page, number).get_by_role("button", name="Actions").click()
    await page.get_by_role("button", name="Edit").click()
    field = phone(page).get_by_label("Message", exact=True)
    await expect(field).to_have_value("Una sla")
    await write(page, "Una sala")
    assert cast("Json", (await bot.hears())["edited_message"])["text"] == "Una sala"
    await expect(bubble(page, number).locator(".text")).to_have_text("Una sala")


async def test_a_message_is_answered_and_reacted_to(page: Page, bot: Bot) -> None:
    await bot.met()
    message = await bot.says("Che cosa manca?")
    await bubble(page, message).get_by_role("button", name="Actions").click()
    await page.get_by_role("button", name="Reply").click()
    await write(page, "Una sala")
    replied = cast("Json", told(await bot.hears())["reply_to_message"])
    assert replied["message_id"] == message
    await expect(phone(page).locator(".quote")).to_contain_text("Che cosa manca?")
    await bubble(page, message).get_by_role("button", name="Actions").click()
    await page.get_by_role("button", name="👏").click()
    await expect(bubble(page, message).get_by_role("img", name="Reactions: 👏")).to_be_visible()


async def test_a_position_is_shared(page: Page, bot: Bot) -> None:
    await phone(page).get_by_role("button", name="Attach").click()
    await page.get_by_role("button", name="Position").click()
    await page.get_by_label("Where").select_option("Giambellino")
    await page.get_by_role("button", name="Send position").click()
    assert told(await bot.hears())["location"] == {"latitude": 45.44712, "longitude": 9.1371}
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_typing_shows_until_the_message_comes(page: Page, bot: Bot) -> None:
    await bot.met()
    await expect(texts(page)).to_have_count(1)
    await bot.call("sendChatAction", chat_id=RESIDENT, action="typing")
    await expect(phone(page).get_by_text("typing…")).to_be_visible()
    await bot.says("Ecco")
    await expect(phone(page).get_by_text("typing…")).to_have_count(0)


async def test_the_pinned_message_is_one_tap_away(page: Page, bot: Bot) -> None:
    await bot.met()
    message = await bot.says("Codice K7R2M")
    await bot.call("pinChatMessage", chat_id=RESIDENT, message_id=message)
    await expect(phone(page).locator(".service")).to_contain_text("pinned «Codice K7R2M»")
    await phone(page).get_by_role("button", name="Pinned: Codice K7R2M").click()
    await expect(bubble(page, message)).to_be_focused()


async def test_a_deleted_message_goes(page: Page, bot: Bot) -> None:
    await bot.met()
    message = await bot.says("Via")
    await expect(bubble(page, message)).to_be_visible()
    await bot.call("deleteMessage", chat_id=RESIDENT, message_id=message)
    await expect(bubble(page, message)).to_have_count(0)


async def test_a_group_has_its_topics_as_tabs(page: Page, bot: Bot) -> None:
    await page.get_by_role("button", name="Add a group").click()
    await page.get_by_label("Name of the group").fill("Tutor")
    await page.get_by_role("button", name="Add the group").click()
    group = phone(page, GROUP)
    await write(page, "Buongiorno a tutti", GROUP)
    assert (await bot.reads())["text"] == "Buongiorno a tutti"
    topic = cast("Json", await bot.call("createForumTopic", chat_id=GROUP, name="Cortile"))
    thread = topic["message_thread_id"]
    await bot.says("Una sala cercasi", ["La prendo io"], chat=GROUP, message_thread_id=thread)
    await group.get_by_role("tab", name="Cortile").click()
    await expect(texts(page, GROUP)).to_have_text(["Una sala cercasi"])
    await group.get_by_label("Write as").select_option(str(TUTOR))
    await write(page, "Io ci sono", GROUP)
    message = await bot.reads()
    assert (message["text"], message["message_thread_id"]) == ("Io ci sono", thread)
    assert cast("Json", message["from"])["id"] == TUTOR
    await group.get_by_role("button", name="La prendo io").click()
    tapped = await bot.hears()
    assert data_of(tapped) == "La prendo io"
    query = cast("Json", tapped["callback_query"])
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="È tua.")
    await expect(group.get_by_text("È tua.")).to_be_visible()
    await expect(phone(page, TUTOR).get_by_text("È tua.")).to_have_count(0)


async def test_a_topic_with_something_new_has_a_dot_until_it_is_read(page: Page, bot: Bot) -> None:
    threads: list[object] = []
    for name in ("Cortile", "Orto"):
        topic = cast("Json", await bot.call("createForumTopic", chat_id=TUTORS, name=name))
        threads.append(topic["message_thread_id"])
    tabs = phone(page, TUTORS).get_by_role("tab")
    await expect(tabs).to_have_count(3)
    for name in ("Cortile", "Orto"):
        await tabs.filter(has_text=name).click()
    await bot.says("Una sala cercasi", chat=TUTORS, message_thread_id=threads[0])
    new = tabs.filter(has_text="new messages")
    await expect(new).to_have_text(["Cortilenew messages"])
    await new.click()
    await expect(new).to_have_count(0)
