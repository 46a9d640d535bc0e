"""getUpdates and the webhook: how the bot hears of things.

A webhook's address is taken only on loopback: the emulator speaks to nobody else.
"""

import re

from emulator.json_types import Json
from emulator.loopback import is_loopback
from emulator.outcome import Outcome
from emulator.params import Params
from emulator.refusals import bad
from emulator.state import World
from emulator.urls import parts_of
from emulator.webhook import CONNECTIONS, Webhook

UPDATES_AT_MOST = 100
CONNECTIONS_AT_MOST = 100
SECONDS_AT_MOST = 50
SECRET_LENGTH = 256
_SECRET = re.compile(r"[A-Za-z0-9_-]*")


def remember_allowed(world: World, params: Params) -> None:
    """Keeps the kinds of updates that a call asks for; without them the last ones stay."""
    asked = params.array("allowed_updates")
    if asked is not None:
        world.updates.allowed = [str(kind) for kind in asked]
        world.mark("meta", "allowed")


async def get_updates(world: World, params: Params) -> bytes:
    """getUpdates: the JSON text of the list."""
    remember_allowed(world, params)
    limit = min(max(params.integer("limit", UPDATES_AT_MOST), 1), UPDATES_AT_MOST)
    seconds = min(max(params.integer("timeout"), 0), SECONDS_AT_MOST)
    world.updates.acknowledge(params.integer("offset"))
    world.settle()
    updates = await world.updates.poll(limit, seconds)
    return b"[" + b",".join(update.body for update in updates) + b"]"


def _checked_url(url: str) -> str:
    parts = parts_of(url)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if not is_loopback(parts.hostname):
        raise bad("bad webhook: the emulator delivers to loopback addresses only")
    return url


def _secret(params: Params) -> str:
    secret = params.text("secret_token")
    if len(secret) > SECRET_LENGTH:
        raise bad("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
    return secret


async def set_webhook(world: World, params: Params) -> Outcome:
    """setWebhook; without an address the webhook is deleted."""
    if not params.text("url"):
        return await delete_webhook(world, params)
    webhook = Webhook(
        world,
        _checked_url(params.text("url")),
        _secret(params),
        min(max(params.integer("max_connections", CONNECTIONS), 1), CONNECTIONS_AT_MOST),
    )
    remember_allowed(world, params)
    await _stop(world, drop=params.flag("drop_pending_updates"))
    world.updates.stop_polling()
    world.webhook = webhook
    webhook.start()
    world.mark("meta", "webhook")
    return Outcome(200, result=True, description="Webhook was set")


async def delete_webhook(world: World, params: Params) -> Outcome:
    """DeleteWebhook."""
    there = await _stop(world, drop=params.flag("drop_pending_updates"))
    world.mark("meta", "webhook")
    said = "Webhook was deleted" if there else "Webhook is already deleted"
    return Outcome(200, result=True, description=said)


async def _stop(world: World, *, drop: bool) -> bool:
    webhook, world.webhook = world.webhook, None
    if webhook is not None:
        await webhook.stop()
    if drop:
        world.updates.drop()
    return webhook is not None


def get_webhook_info(world: World, _params: Params) -> Json:
    """GetWebhookInfo."""
    webhook = world.webhook
    told: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
    }
    if webhook is not None:
        told |= webhook.info()
    if world.updates.allowed:
        told["allowed_updates"] = world.updates.allowed
    return told


TABLE = {"getWebhookInfo": get_webhook_info}
WAITING = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
}
"""Methods that wait for something."""
