"""All that the bot and the emulator say to each other in a long talk is Telegram's own language."""

from tests.emulator.models import misfits
from tests.stories.steps import PATHS, begins, gives
from tests.world import World


async def test_every_request_and_reply_fits_another_librarys_models(town: World) -> None:
    ada = await begins(town, "project")
    for key in PATHS["project"]:
        await gives(ada, key)
    for said in ("/idea", "/help", "/language", "/mydata", "/privacy", "/cancel", "/nothing"):
        await ada.says(said)
    await ada.sends_file("photo", "a.png")
    await ada.sends_file("voice", "a.ogg")
    await ada.taps_data("forged")
    for call in ("block", "unblock"):
        await town.sim(call, {"user": ada.id})
    await ada.says("/start")
    log = (await town.sim("calls", all=1))["calls"]
    assert {call["method"] for call in log} >= {
        *("getUpdates", "setMyCommands", "sendMessage", "editMessageText"),
        *("editMessageReplyMarkup", "answerCallbackQuery"),
    }
    assert misfits(log) == []
