"""Where updates come from: a webhook where one is set, else getUpdates."""

import asyncio

from bot import polling, webhook
from bot.api import Api
from bot.polling import Handle
from bot.settings import Settings


async def receive(settings: Settings, api: Api, handle: Handle) -> None:
    """Hand updates over until cancelled. A webhook stays set, so that updates wait for the next
    start.
    """
    if settings.webhook_url is None:
        await polling.Poller(api, handle).run()
        return
    secret = settings.webhook_secret
    word = secret.get_secret_value() if secret else ""
    server = webhook.application(handle, word)
    async with webhook.listening(server, settings.webhook_host, settings.webhook_port):
        await api.call(
            "setWebhook",
            url=f"{settings.webhook_url}{webhook.PATH}",
            secret_token=word,
            allowed_updates=polling.ALLOWED,
        )
        await asyncio.Event().wait()
