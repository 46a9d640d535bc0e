"""Files of the bot: uploaded, sent again by id, asked for."""

import base64
import json
from typing import Any

import aiohttp
import pytest

from tests.emulator.telegram import TOKEN, Telegram
from tests.emulator.test_sending import PNG

PDF = b"%PDF-1.7 piano"


async def upload(
    telegram: Telegram, method: str, files: dict[str, tuple[str, bytes]], **params: str
) -> tuple[int, Any]:
    form = aiohttp.FormData({"chat_id": "7", **params}, default_to_multipart=True)
    for field, (name, content) in files.items():
        form.add_field(field, content, filename=name, content_type="application/octet-stream")
    return await telegram.request("POST", f"/bot{TOKEN}/{method}", data=form)


async def sent_pdf(telegram: Telegram, **params: str) -> dict[str, Any]:
    files = {"document": ("piano.pdf", PDF)}
    status, answer = await upload(telegram, "sendDocument", files, **params)
    assert status == 200, answer
    return answer["result"]


async def test_an_upload_is_stored_and_downloaded(telegram: Telegram) -> None:
    await telegram.person()
    message = await sent_pdf(telegram, caption="<b>Ecco</b>", parse_mode="HTML")
    assert message["caption"] == "Ecco"
    assert message["caption_entities"] == [{"offset": 0, "length": 4, "type": "bold"}]
    document = message["document"]
    assert (document["file_name"], document["file_size"]) == ("piano.pdf", len(PDF))
    file = await telegram.call("getFile", file_id=document["file_id"])
    assert file == {
        "file_id": document["file_id"],
        "file_unique_id": document["file_unique_id"],
        "file_size": len(PDF),
        "file_path": "documents/file_0.pdf",
    }
    url = f"{telegram.url}/file/bot{TOKEN}/{file['file_path']}"
    async with telegram.http.get(url) as answer:
        assert await answer.read() == PDF


async def test_a_file_id_is_sent_again(telegram: Telegram) -> None:
    await telegram.person()
    first = await sent_pdf(telegram)
    number = first["document"]["file_id"]
    again = await telegram.call("sendDocument", chat_id=7, document=number, caption="Ancora")
    assert again["document"] == first["document"]
    assert await telegram.texts() == ["/start", "", "Ancora"]


async def test_a_persons_file_is_sent_on_by_its_id(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.sim("send", {"user": 7, "photo": {"name": "a.png", "base64": PNG}})
    [size] = (await telegram.updates())[0]["message"]["photo"]
    message = await telegram.call("sendPhoto", chat_id=7, photo=size["file_id"])
    assert message["photo"] == [size]


@pytest.mark.parametrize("kind", ["audio", "video"])
async def test_sound_and_pictures_that_move_are_sent_again(telegram: Telegram, kind: str) -> None:
    await telegram.person()
    method = f"send{kind.title()}"
    status, answer = await upload(telegram, method, {kind: (f"corso.{kind}", b"...")})
    assert status == 200, answer
    file_id = answer["result"][kind]["file_id"]
    again = await telegram.call(method, chat_id=7, **{kind: file_id})
    assert again[kind] == answer["result"][kind]


async def test_an_upload_is_named_in_the_log(telegram: Telegram) -> None:
    await telegram.person()
    await sent_pdf(telegram)
    [call] = (await telegram.look("calls"))["calls"]
    told = {"chat_id": 7, "document": {"file": "piano.pdf", "bytes": len(PDF)}}
    assert (call["params"], call["problems"]) == (told, [])


async def test_an_attached_file_has_a_name_of_its_own(telegram: Telegram) -> None:
    await telegram.person()
    files = {"x1": ("piano.pdf", PDF)}
    status, answer = await upload(telegram, "sendDocument", files, document="attach://x1")
    assert (status, answer["result"]["document"]["file_name"]) == (200, "piano.pdf")
    await upload(telegram, "sendMessage", files, text="a")
    calls = (await telegram.look("calls"))["calls"]
    assert [call["problems"] for call in calls] == [[], ["x1: a file that nothing refers to"]]


@pytest.mark.parametrize(
    ("method", "params", "reason"),
    [
        ("sendDocument", {"document": "nothing"}, "wrong file identifier/HTTP URL specified"),
        ("sendPhoto", {"photo": "https://x.it/a.png"}, "wrong file identifier/HTTP URL specified"),
        ("sendVoice", {}, "there is no voice in the request"),
        ("sendDocument", {"document": "x", "caption": "a" * 1025}, "message caption is too long"),
        ("getFile", {"file_id": "nothing"}, "invalid file_id"),
    ],
)
async def test_a_wrong_file_is_refused(
    telegram: Telegram, method: str, params: dict[str, Any], reason: str
) -> None:
    await telegram.person()
    refused = await telegram.fails(method, chat_id=7, **params)
    assert refused == (400, f"Bad Request: {reason}")


async def test_a_document_is_no_photo(telegram: Telegram) -> None:
    await telegram.person()
    message = await sent_pdf(telegram)
    number = message["document"]["file_id"]
    refused = await telegram.fails("sendPhoto", chat_id=7, photo=number)
    assert refused == (400, "Bad Request: can't use file of type Document as Photo")
    status, answer = await upload(telegram, "sendPhoto", {"photo": ("a.png", PDF)})
    assert (status, answer["description"]) == (400, "Bad Request: IMAGE_PROCESS_FAILED")


async def test_a_caption_is_edited(telegram: Telegram) -> None:
    await telegram.person()
    message = await sent_pdf(telegram, caption="a")
    number = message["message_id"]
    edited = await telegram.call("editMessageCaption", chat_id=7, message_id=number, caption="b")
    assert (edited["caption"], edited["document"]) == ("b", message["document"])
    refused = await telegram.fails("editMessageText", chat_id=7, message_id=number, text="b")
    assert refused == (400, "Bad Request: there is no text in the message to edit")


async def test_a_copys_caption_can_be_another(telegram: Telegram) -> None:
    await telegram.person()
    await sent_pdf(telegram, caption="a")
    params = {"chat_id": 7, "from_chat_id": 7, "message_id": 2}
    await telegram.call("copyMessage", **params)
    await telegram.call("copyMessage", **params, caption="b")
    assert await telegram.texts() == ["/start", "a", "a", "b"]


async def test_an_album_is_several_messages(telegram: Telegram) -> None:
    await telegram.person()
    media = [
        {"type": "photo", "media": "attach://one", "caption": "Uno"},
        {"type": "photo", "media": "attach://two"},
    ]
    picture = base64.b64decode(PNG)
    files = {"one": ("1.png", picture), "two": ("2.png", picture)}
    status, answer = await upload(telegram, "sendMediaGroup", files, media=json.dumps(media))
    assert status == 200
    messages = answer["result"]
    assert [message.get("caption") for message in messages] == ["Uno", None]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert [message["message_id"] for message in messages] == [2, 3]


async def test_media_is_exchanged(telegram: Telegram) -> None:
    await telegram.person()
    message = await sent_pdf(telegram)
    media = {"type": "photo", "media": "attach://p", "caption": "Nuova"}
    files = {"p": ("1.png", base64.b64decode(PNG))}
    params = {"message_id": str(message["message_id"]), "media": json.dumps(media)}
    status, answer = await upload(telegram, "editMessageMedia", files, **params)
    assert status == 200
    edited = answer["result"]
    assert (edited["caption"], edited.get("document")) == ("Nuova", None)
    assert edited["photo"][0]["width"] == 3
