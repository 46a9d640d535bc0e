"""How people come to be in a group, as they do it themselves."""

from tests.world import Phone, World

NAME = "The menders"
# The buttons of its screen: of the lead, where there are others too, of all, and the ways out.
LEAD = ["Our sheet", "Invite somebody", "Members", "Rename the group"]
OVER = ["Remove somebody", "Hand the lead on"]
ALL = ["Our sheet", "Invite somebody", "Members"]
OUT = ["Leave the group", "Home"]


async def founded(phone: Phone, own: str = "Ada", name: str = NAME) -> Phone:
    """Somebody makes a group, and says a name for the others to see."""
    await phone.says("/group")
    await phone.taps("Make a group")
    await phone.says(name)
    if "Go on without a name" in phone.buttons:
        await phone.says(own)
        await phone.taps("Go on")
    return phone


async def founder(town: World) -> Phone:
    """Ada, alone in her group."""
    return await founded(await town.resident())


async def link(phone: Phone, kind: str = "Invite one person") -> str:
    """What a link into somebody's group carries."""
    await phone.says("/group")
    await phone.taps("Invite somebody")
    await phone.taps(kind)
    return phone.said[-2].rpartition("start=")[2]


async def joins(phone: Phone, payload: str, own: str) -> None:
    """Somebody joins by a link, and says a name."""
    await phone.says(f"/start {payload}")
    await phone.taps("Join")
    if "Go on without a name" in phone.buttons:
        await phone.says(own)
        await phone.taps("Go on")


async def member(town: World, ada: Phone, number: int = 1002, name: str = "Bruno") -> Phone:
    """Somebody who joins a person's group."""
    phone = await town.resident(number, "Account")
    await joins(phone, await link(ada), name)
    await ada.look()
    return phone


async def two(town: World) -> tuple[Phone, Phone]:
    """Ada, who leads, and Bruno."""
    ada = await founder(town)
    return ada, await member(town, ada)


async def three(town: World) -> tuple[Phone, Phone, Phone]:
    """Ada, who leads, Bruno and Chen."""
    ada, bruno = await two(town)
    return ada, bruno, await member(town, ada, 1003, "Chen")


async def leaves(phone: Phone) -> None:
    """Somebody leaves the group."""
    await phone.says("/group")
    await phone.taps("Leave the group")
    await phone.taps("Leave the group")


async def removes(phone: Phone, name: str) -> None:
    """The lead takes somebody out."""
    await phone.says("/group")
    await phone.taps("Remove somebody")
    await phone.taps(name)
    await phone.taps("Remove from the group")


def told(phone: Phone, since: int) -> list[str]:
    """What the bot said in a chat after so many messages."""
    return phone.said[since:]
