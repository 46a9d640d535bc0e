"""The page around the phones: the control strip, narrow screens, the keyboard, restarts."""

from pathlib import Path
from typing import cast

from playwright.async_api import Browser, Locator, Page, expect

from emulator import server
from tests.browser.bot import COORDINATOR, RESIDENT, TUTOR, Bot, Json
from tests.browser.phones import bubble, phone, texts, write
from tests.ports import free_port

QUESTION_IN_ARABIC = "مفيد · 2 من 4\nما المشكلة التي يواجهها هؤلاء الناس؟"
BUTTONS_IN_ARABIC = (["مثال", "لا أعرف بعد"], ["رجوع", "لاحقاً"])


async def fits(page: Page) -> bool:
    """Nothing is wider than the window."""
    script = "document.documentElement.scrollWidth <= window.innerWidth"
    return cast("bool", await page.evaluate(script))


async def interview(bot: Bot) -> int:
    """A conversation to look at; the id of the question in Arabic."""
    await bot.sim("users", {"id": RESIDENT, "language_code": "ar"})
    for user in (RESIDENT, TUTOR, COORDINATOR):
        await bot.met(user)
    await bot.says("أهلاً! أنا برنامج المدرسة، ولست إنساناً.", ["لدي فكرة", "لقاءات الحي"])
    await bot.sim("send", {"user": RESIDENT, "text": "مكان للأمهات في \u2068Giambellino\u2069"})
    question = await bot.says(QUESTION_IN_ARABIC, *BUTTONS_IN_ARABIC)
    await bot.says(
        "<b>Una scheda nuova</b>\n<blockquote>Una sala per le mamme</blockquote>"
        "Utile: c'è. Sostenibile: <i>non ancora</i>.",
        ["Apri la scheda"],
        ["Dopo"],
        chat=TUTOR,
        parse_mode="HTML",
    )
    keyboard = {"keyboard": [[{"text": "Oggi"}, {"text": "Evento"}]], "resize_keyboard": True}
    await bot.says("Buongiorno, oggi c'è un incontro.", chat=COORDINATOR, reply_markup=keyboard)
    return question


async def focused(page: Page) -> str:
    script = "document.activeElement.ariaLabel || document.activeElement.textContent"
    return cast("str", await page.evaluate(script))


async def tab_to(page: Page, name: str) -> Locator:
    """Moves on with Tab until what has that name is focused."""
    for _ in range(60):
        await page.keyboard.press("Tab")
        if await focused(page) == name:
            return page.locator(":focus")
    raise AssertionError(f"Tab never reached {name}")


async def test_arabic_runs_from_right_to_left(page: Page, bot: Bot, screenshots: Path) -> None:
    question = await interview(bot)
    body = bubble(page, question).locator(".text")
    await expect(body).to_have_css("direction", "rtl")
    await expect(bubble(page, question).get_by_role("button", name="رجوع")).to_have_css(
        "direction", "rtl"
    )
    await expect(texts(page, TUTOR).first).to_have_css("direction", "ltr")
    await page.screenshot(path=screenshots / "phones.png")
    await page.emulate_media(color_scheme="dark")
    await page.screenshot(path=screenshots / "phones-dark.png")


async def test_at_phone_width_tabs_show_one_phone(
    browser: Browser, bot: Bot, screenshots: Path
) -> None:
    question = await interview(bot)
    context = await browser.new_context(viewport={"width": 360, "height": 720})
    page = await context.new_page()
    await page.goto(bot.url)
    await expect(bubble(page, question).get_by_role("button", name="لاحقاً")).to_be_in_viewport()
    await expect(phone(page, TUTOR)).to_be_hidden()
    assert await fits(page)
    await page.screenshot(path=screenshots / "phone-width.png")
    await bot.says("Una cosa ancora", chat=TUTOR)
    tab = page.get_by_role("tab", name="Marco new messages")
    await tab.press("Enter")
    await expect(phone(page, TUTOR)).to_be_visible()
    await expect(phone(page)).to_be_hidden()
    await page.get_by_role("button", name="Controls").click()
    await page.screenshot(path=screenshots / "phone-width-controls.png")
    await page.get_by_role("button", name="Calls").click()
    assert await fits(page)
    await context.close()


async def test_the_keyboard_alone_leads_through_a_conversation(page: Page, bot: Bot) -> None:
    await expect(phone(page).get_by_role("button", name="Start")).to_be_visible()
    await (await tab_to(page, "Start")).press("Enter")
    assert (await bot.reads())["text"] == "/start"
    await bot.says("Hai già un'idea?", ["Sì"], ["Non ancora"])
    await expect(phone(page).get_by_role("button", name="Sì")).to_be_visible()
    await (await tab_to(page, "Non ancora")).press("Space")
    assert cast("Json", (await bot.hears())["callback_query"])["data"] == "Non ancora"
    await (await tab_to(page, "Message")).press_sequentially("Una sala")
    await page.keyboard.press("Enter")
    assert (await bot.reads())["text"] == "Una sala"
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(phone(page).get_by_role("status")).to_have_text(
        "The bot has no commands in its menu."
    )
    await page.keyboard.press("Escape")
    await expect(phone(page).get_by_role("status")).to_have_text("")


async def test_a_person_is_added_with_a_language(page: Page, bot: Bot) -> None:
    await page.get_by_role("button", name="Add a person").click()
    dialog = page.get_by_role("dialog", name="Add a person")
    await dialog.get_by_label("First name").fill("Min")
    await dialog.get_by_label("Language of the phone").select_option("zh")
    await page.keyboard.press("Enter")
    await expect(dialog).to_have_count(0)
    added = phone(page, COORDINATOR + 1)
    await added.get_by_role("button", name="Start").click()
    sender = cast("Json", (await bot.reads())["from"])
    assert (sender["first_name"], sender["language_code"]) == ("Min", "zh")
    await added.get_by_label("Language of this phone").select_option("it")
    await page.reload()
    await expect(added.get_by_label("Language of this phone")).to_have_value("it")


async def test_escape_closes_a_dialog_and_the_focus_returns(page: Page) -> None:
    opener = page.get_by_role("button", name="To a date…")
    await opener.click()
    await expect(page.get_by_role("dialog", name="Move the clock")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(opener).to_be_focused()


async def test_the_clock_moves_for_every_page_that_is_open(page: Page, bot: Bot) -> None:
    other = await page.context.new_page()
    await other.goto(bot.url)
    await page.get_by_role("button", name="To a date…").click()
    await page.get_by_label("New date and time").fill("2040-02-03T10:00")
    await page.keyboard.press("Enter")
    for opened in (page, other):
        await expect(opened.locator(".clock-time")).to_contain_text("Fri, 3 Feb 2040, 10:00")
    await page.get_by_role("button", name="+1 day").click()
    await expect(page.locator(".clock-time")).to_contain_text("Sat, 4 Feb 2040, 10:00")
    await write(other, "Ciao")
    await expect(texts(page)).to_have_text(["Ciao"])


async def test_refused_calls_stand_out(page: Page, bot: Bot, screenshots: Path) -> None:
    await bot.met()
    await bot.says("Ciao")
    url = f"{bot.url}/bot42:EMULATOR/sendMessage"
    async with bot.http.post(url, json={"chat_id": RESIDENT, "txt": "?"}) as response:
        assert response.status == 400
    await page.get_by_role("button", name="Calls").click()
    calls = page.get_by_role("complementary", name="Calls of the bot")
    await expect(calls.locator(".call.bad .status")).to_have_text("400")
    await expect(calls.locator(".call.bad")).to_contain_text("message text is empty")
    await calls.locator(".call.bad summary").click()
    await expect(calls.locator(".call.bad pre").first).to_contain_text('"txt": "?"')
    await page.screenshot(path=screenshots / "calls.png")
    await calls.get_by_label("Only problems").check()
    await expect(calls.locator(".call:visible")).to_have_count(1)
    await page.keyboard.press("Escape")
    await expect(calls).to_be_hidden()


async def test_the_bot_is_blocked_and_unblocked(page: Page, bot: Bot) -> None:
    await bot.met()
    await phone(page).get_by_role("button", name="Phone menu").click()
    await page.get_by_role("button", name="Block the bot").click()
    member = cast("Json", (await bot.hears())["my_chat_member"])
    assert cast("Json", member["new_chat_member"])["status"] == "kicked"
    await expect(phone(page).get_by_label("Message", exact=True)).to_be_hidden()
    await phone(page).get_by_role("button", name="Unblock the bot").click()
    await expect(phone(page).get_by_label("Message", exact=True)).to_be_visible()


async def test_a_hidden_phone_comes_back_from_the_list(page: Page) -> None:
    await phone(page, TUTOR).get_by_role("button", name="Phone menu").click()
    await page.get_by_role("button", name="Hide this phone").click()
    await expect(phone(page, TUTOR)).to_have_count(0)
    await page.get_by_role("button", name="Phones…").click()
    await page.get_by_label("Marco, tutor").check()
    await expect(phone(page, TUTOR)).to_be_visible()


async def test_a_reader_of_old_messages_is_not_moved(page: Page, bot: Bot) -> None:
    await bot.met()
    for number in range(30):
        await bot.says(f"Messaggio {number}")
    log = phone(page).get_by_role("log")
    await expect(phone(page).get_by_text("Messaggio 29", exact=True)).to_be_in_viewport()
    await log.evaluate("node => node.scrollTo(0, 0)")
    await expect(phone(page).get_by_text("Messaggio 0", exact=True)).to_be_in_viewport()
    await bot.says("Una novità")
    await phone(page).get_by_role("button", name="New messages").click()
    await expect(phone(page).get_by_text("Una novità")).to_be_in_viewport()


async def test_the_page_survives_a_restart_of_the_emulator(browser: Browser) -> None:
    page = await browser.new_page()
    lost = page.get_by_role("alert").get_by_text("The emulator does not answer")
    port = free_port()
    async with await server.start(port=port, seed=True) as first:
        await page.goto(first.url)
        await write(page, "Prima")
        await expect(texts(page)).to_have_text(["Prima"])
    await expect(lost).to_be_visible()
    async with await server.start(port=port, seed=True):
        await expect(lost).to_be_hidden(timeout=15_000)
        await expect(texts(page)).to_have_count(0)
        await write(page, "Dopo")
        await expect(texts(page)).to_have_text(["Dopo"])
        await page.close()


async def test_nothing_is_loaded_from_elsewhere_and_nothing_fails(
    browser: Browser, bot: Bot
) -> None:
    page = await browser.new_page()
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(error.message))
    await interview(bot)
    await page.goto(bot.url)
    await expect(texts(page)).to_have_count(4)
    assert [url for url in asked if not url.startswith(bot.url) and url != "data:,"] == []
    assert faults == []
    await page.close()
