"""What a meeting in the neighbourhood needs of Telegram, asked for with python-telegram-bot."""

import base64
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import (
    Bot,
    ChatMemberAdministrator,
    ChatMemberMember,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaDocument,
    InputMediaPhoto,
    KeyboardButton,
    Message,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
)
from telegram.error import BadRequest

from tests.emulator.telegram import TOKEN, Telegram
from tests.emulator.test_sending import PNG

PICTURE = base64.b64decode(PNG)
CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
SEAT = InlineKeyboardMarkup([[InlineKeyboardButton("Vengo", callback_data="seat:1")]])
GONE = InlineKeyboardMarkup([[InlineKeyboardButton("Rinuncio", callback_data="gone:1")]])


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    await telegram.person()
    url = telegram.url
    async with Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot") as started:
        yield started
    calls = (await telegram.look("calls"))["calls"]
    assert [call for call in calls if call["problems"] or call["unknown"]] == []


async def newest(telegram: Telegram, chat: int = 7) -> dict[str, Any]:
    return (await telegram.chat(chat))["messages"][-1]


async def bytes_of(telegram: Telegram, url: str) -> bytes:
    async with telegram.http.get(telegram.url + url) as answer:
        return await answer.read()


async def test_a_picture_has_a_caption_and_buttons(telegram: Telegram, bot: Bot) -> None:
    caption = "<b>Il tuo posto</b>"
    sent = await bot.send_photo(7, PICTURE, caption, parse_mode="HTML", reply_markup=SEAT)
    assert (sent.caption, sent.reply_markup, sent.photo[0].width) == ("Il tuo posto", SEAT, 3)
    shown = await newest(telegram)
    assert await bytes_of(telegram, shown["photo"][0]["url"]) == PICTURE
    again = await bot.send_photo(7, sent.photo[0].file_id, "Ancora", show_caption_above_media=True)
    assert (again.photo, again.show_caption_above_media) == (sent.photo, True)


async def test_a_picture_is_exchanged_and_its_caption_edited(telegram: Telegram, bot: Bot) -> None:
    sent = await bot.send_photo(7, PICTURE, "Libero", reply_markup=SEAT)
    edited = await bot.edit_message_caption(7, sent.id, caption="Preso", reply_markup=GONE)
    assert isinstance(edited, Message)
    assert (edited.caption, edited.reply_markup, edited.photo) == ("Preso", GONE, sent.photo)
    media = InputMediaDocument(CALENDAR, "Ecco", filename="incontro.ics")
    changed = await bot.edit_message_media(media, 7, sent.id, reply_markup=SEAT)
    assert isinstance(changed, Message)
    assert changed.document is not None
    told = (changed.document.file_name, changed.caption, changed.reply_markup, changed.photo)
    assert told == ("incontro.ics", "Ecco", SEAT, ())
    assert await telegram.texts() == ["/start", "Ecco"]


async def test_a_text_becomes_a_picture(bot: Bot) -> None:
    sent = await bot.send_message(7, "Il tuo posto", reply_markup=SEAT)
    media = InputMediaPhoto(PICTURE, "Il tuo codice")
    changed = await bot.edit_message_media(media, 7, sent.id, reply_markup=SEAT)
    assert isinstance(changed, Message)
    told = (changed.text, changed.caption, changed.photo[0].width, changed.reply_markup)
    assert told == (None, "Il tuo codice", 3, SEAT)
    place = await bot.send_location(7, 45.48, 9.2)
    with pytest.raises(BadRequest, match="There is no media in the message to edit"):
        await bot.edit_message_media(media, 7, place.id)


async def test_a_calendar_file_keeps_its_name_and_type(telegram: Telegram, bot: Bot) -> None:
    sent = await bot.send_document(7, CALENDAR, filename="incontro.ics", caption="Calendario")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type) == ("incontro.ics", "text/calendar")
    assert await (await sent.document.get_file()).download_as_bytearray() == CALENDAR
    shown = await newest(telegram)
    assert await bytes_of(telegram, shown["document"]["url"]) == CALENDAR


async def test_a_place_is_shown(telegram: Telegram, bot: Bot) -> None:
    venue = await bot.send_venue(7, 45.48, 9.2, "Biblioteca", "Via Lodi 1", reply_markup=SEAT)
    assert venue.venue is not None
    told = (venue.venue.title, venue.venue.location.latitude, venue.reply_markup)
    assert told == ("Biblioteca", 45.48, SEAT)
    await bot.send_location(7, 45.5, 9.1)
    assert (await newest(telegram))["location"] == {"latitude": 45.5, "longitude": 9.1}


async def test_an_album_is_sent_and_stays_one_when_copied(telegram: Telegram, bot: Bot) -> None:
    pictures = [InputMediaPhoto(PICTURE, "Sabato"), InputMediaPhoto(PICTURE)]
    sent = await bot.send_media_group(7, pictures)
    assert [message.caption for message in sent] == ["Sabato", None]
    ids = [message.id for message in sent]
    copies = await bot.copy_messages(7, 7, [*ids, 99], remove_caption=True)
    forwarded = await bot.forward_messages(7, 7, ids)
    messages = (await telegram.chat())["messages"]
    assert [one.message_id for one in (*copies, *forwarded)] == [4, 5, 6, 7]
    assert [one.get("caption") for one in messages[3:]] == [None, None, "Sabato", None]
    albums = [one["media_group_id"] for one in messages[1:]]
    assert albums == [albums[0]] * 2 + [albums[2]] * 2 + [albums[4]] * 2
    assert len(set(albums)) == 3


async def test_an_album_of_files_has_no_pictures(bot: Bot) -> None:
    mixed = [InputMediaPhoto(PICTURE), InputMediaDocument(CALENDAR, filename="a.ics")]
    with pytest.raises(BadRequest, match="Document can't be mixed with other media types"):
        await bot.send_media_group(7, mixed)


async def test_captions_of_an_album_stand_all_above_or_all_below(bot: Bot) -> None:
    above = InputMediaPhoto(PICTURE, "Sopra", show_caption_above_media=True)
    with pytest.raises(BadRequest, match="Parameter show_caption_above_media must be the same"):
        await bot.send_media_group(7, [above, InputMediaPhoto(PICTURE, "Sotto")])
    sent = await bot.send_media_group(7, [above, above])
    assert [message.show_caption_above_media for message in sent] == [True, True]


async def test_what_cannot_be_copied_is_passed_over(telegram: Telegram, bot: Bot) -> None:
    kept = await bot.send_message(7, "Tieni", protect_content=True)
    free = await bot.send_message(7, "Porta", reply_markup=SEAT)
    await bot.pin_chat_message(7, free.id)
    service = (await newest(telegram))["message_id"]
    copies = await bot.copy_messages(7, 7, [kept.id, free.id, service])
    assert len(copies) == 1
    assert (await newest(telegram))["text"] == "Porta"
    with pytest.raises(BadRequest, match="There are no messages to copy"):
        await bot.copy_messages(7, 7, [kept.id, service])


async def test_a_pin_comes_and_goes(telegram: Telegram, bot: Bot) -> None:
    sent = await bot.send_message(7, "Codice K7R2M")
    await bot.pin_chat_message(7, sent.id, disable_notification=True)
    assert (await telegram.chat())["pinned"] == [sent.id]
    assert (await newest(telegram))["pinned_message"]["text"] == "Codice K7R2M"
    with pytest.raises(BadRequest, match="A service message can't be pinned"):
        await bot.pin_chat_message(7, (await newest(telegram))["message_id"])
    await bot.unpin_chat_message(7, sent.id)
    assert (await telegram.chat())["pinned"] == []


async def test_a_keyboard_asks_for_the_position(telegram: Telegram, bot: Bot) -> None:
    here = KeyboardButton("La mia posizione", request_location=True)
    keyboard = ReplyKeyboardMarkup([[here], ["Lascia stare"]], resize_keyboard=True)
    await bot.send_message(7, "Dove sei?", reply_markup=keyboard)
    rows = (await telegram.chat())["keyboard"]["keyboard"]
    assert rows == [
        [{"text": "La mia posizione", "request_location": True}],
        [{"text": "Lascia stare"}],
    ]
    await telegram.sim("send", {"user": 7, "location": {"latitude": 45.5, "longitude": 9.1}})
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.location is not None
    assert update.message.location.latitude == 45.5


async def test_an_answer_is_asked_for(telegram: Telegram, bot: Bot) -> None:
    keyboard = ReplyKeyboardMarkup([["a"]])
    await bot.send_message(7, "Scegli", reply_markup=keyboard)
    asked = await bot.send_message(7, "Come si chiama?", reply_markup=ForceReply(selective=True))
    assert asked.reply_markup is None
    assert (await telegram.chat())["keyboard"] is None
    await telegram.sim("send", {"user": 7, "text": "La Corte", "reply_to": asked.id})
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.text == "Come si chiama?"


async def test_the_bot_reacts(telegram: Telegram, bot: Bot) -> None:
    await bot.set_message_reaction(7, 1, ReactionTypeEmoji("👍"))
    assert (await telegram.chat())["reactions"] == {"1": ["👍"]}
    await bot.set_message_reaction(7, 1)
    assert (await telegram.chat())["reactions"] == {}
    with pytest.raises(BadRequest, match="Reaction_invalid"):
        await bot.set_message_reaction(7, 1, ReactionTypeEmoji("🐈"))


async def test_an_alert_is_shown(telegram: Telegram, bot: Bot) -> None:
    await bot.send_message(7, "Incontro", reply_markup=SEAT)
    await telegram.sim("press", {"user": 7, "label": "Vengo"})
    [update] = await bot.get_updates()
    assert update.callback_query is not None
    await update.callback_query.answer("Non c'è più posto", show_alert=True)
    [answer] = (await telegram.chat())["answers"]
    assert (answer["text"], answer["show_alert"]) == ("Non c'è più posto", True)


async def test_a_topic_for_each_meeting(telegram: Telegram, bot: Bot) -> None:
    group = await telegram.forum()
    topic = await bot.create_forum_topic(group, "Sabato 12")
    thread = topic.message_thread_id
    sent = await bot.send_photo(
        group, PICTURE, "Chi viene?", message_thread_id=thread, reply_markup=SEAT
    )
    assert (sent.message_thread_id, sent.is_topic_message) == (thread, True)
    await bot.edit_forum_topic(group, thread, name="Sabato 12, rinviato")
    await bot.close_forum_topic(group, thread)
    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(group, "Tardi", message_thread_id=thread)
    [shown] = (await telegram.chat(group))["topics"]
    assert shown == {"message_thread_id": thread, "name": "Sabato 12, rinviato", "closed": True}


async def test_who_is_in_the_group(telegram: Telegram, bot: Bot) -> None:
    group = await telegram.forum()
    assert isinstance(await bot.get_chat_member(group, 7), ChatMemberMember)
    assert isinstance(await bot.get_chat_member(group, 8), ChatMemberAdministrator)
    administrators = await bot.get_chat_administrators(group)
    assert {one.user.id for one in administrators} == {8, 42}
    assert (await bot.get_chat(group)).is_forum is True


async def test_a_file_name_may_have_any_letters(telegram: Telegram, bot: Bot) -> None:
    file = InputFile(CALENDAR, "لقاء – città.ics")
    await bot.send_document(7, file)
    assert (await newest(telegram))["document"]["file_name"] == "لقاء – città.ics"
