"""Forum topics, as the bot and the administrators share them."""

from emulator.messages import remove
from emulator.state import Chat, World


def delete_topic(world: World, chat: Chat, number: int) -> None:
    """Deletes a topic and its messages."""
    del chat.topics[number]
    inside = [
        key for key, message in chat.messages.items() if message.get("message_thread_id") == number
    ]
    for key in inside:
        remove(world, chat, key)
    world.mark("chat", chat.id)
