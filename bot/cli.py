"""The command `quartieri`. Whatever an operator can get wrong is one line and exit 2, no traceback;
with the network or the database away it is exit 75.

Heavy modules are imported by the command that needs them, so that a wrong setting is said at once.
"""

import argparse
import asyncio
import contextlib
import gc
import os
import signal
import sys
from collections.abc import Coroutine
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from bot import desk
from bot.desk import AwayError, OperatorError

_EMULATOR_TOKEN = "42:EMULATOR"  # noqa: S105 - the one token that the emulator knows, no secret


def main(arguments: list[str] | None = None) -> int:
    """Run a command; the exit status."""
    options = _parser().parse_args(arguments)
    try:
        return asyncio.run(_until_told(options.command(options))) or 0
    except OperatorError as error:
        print(f"quartieri: {error}", file=sys.stderr)
        return error.status
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="quartieri", description="A school in a chat.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="run the bot, set by QUARTIERI_* variables")
    run.set_defaults(command=_run)
    demo = commands.add_parser("demo", help="run the bot with an emulator of Telegram")
    demo.add_argument("--port", type=_port, default=8080)
    demo.add_argument("--data", type=Path, default=Path("var"), metavar="DIR")
    demo.set_defaults(command=_demo)
    emulator = commands.add_parser("emulator", help="run the emulator of Telegram alone")
    emulator.add_argument("--port", type=_port, default=8080)
    emulator.add_argument("--host", default="127.0.0.1")
    emulator.add_argument("--token", default=_EMULATOR_TOKEN)
    emulator.add_argument("--data", type=Path, metavar="DIR")
    emulator.set_defaults(command=_emulator)
    desk.add(commands)
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; write a number up to 65535")
    return int(text)


async def _until_told(work: Coroutine[Any, Any, int | None]) -> int | None:
    """Run until the work ends or the process is told to stop, which is no error. The status."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        return await task
    return None


async def _run(_options: argparse.Namespace) -> None:
    await _bot({})


async def _bot(given: dict[str, Any], *, demo: bool = False) -> None:
    from bot.logs import set_up

    settings = desk.read_settings(**given)
    set_up(settings.log_level)
    gc.disable()  # what is made at the start stays: looking through it for waste costs 0.2 s
    # In a thread: the emulator of a demo answers while the bot's modules are read.
    await asyncio.to_thread(import_module, "bot.app")
    await _serve(settings, demo=demo)


async def _serve(settings: Any, *, demo: bool) -> None:
    from bot.app import build
    from bot.mends import explained, may_pass

    try:
        async with build(settings) as app:
            if demo:
                await _prepare(app)
            gc.freeze()
            gc.enable()
            await app.run()
    except Exception as error:
        said = explained(error, settings)
        if said is None:
            raise
        raise (AwayError if may_pass(error) else OperatorError)(said) from None


async def _prepare(app: Any) -> None:
    from bot.demo import prepare
    from emulator.server import GROUP, SEED

    known = {"school": app.school, "seed": SEED, "group": GROUP, "now": app.clock.now()}
    await app.database.run(partial(prepare, **known))


async def _demo(options: argparse.Namespace) -> None:
    data: Path = options.data
    emulator = await _start_emulator(port=options.port, data=data / "emulator", seed=True)
    given = {
        "token": _EMULATOR_TOKEN,
        "api_url": emulator.url,
        "database_url": f"sqlite:///{data / 'quartieri.db'}",
        "clock_url": f"{emulator.url}/sim/clock",
        "webhook_url": None,
        "health_port": None,
        "per_second": 0,
        "keep_copies": 0,
        "log_level": os.environ.get("QUARTIERI_LOG_LEVEL", "WARNING"),
    }
    try:
        print(f"Open {emulator.url} in a browser.", flush=True)
        await _bot(given, demo=True)
    finally:
        await emulator.stop()


async def _emulator(options: argparse.Namespace) -> None:
    running = await _start_emulator(
        host=options.host,
        port=options.port,
        token=options.token,
        data=options.data,
        seed=True,
        allow_remote=options.host != "127.0.0.1",
    )
    print(f"The emulator listens on {running.url}", flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        await running.stop()


async def _start_emulator(**given: Any) -> Any:
    from emulator.server import start

    try:
        return await start(**given)
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.filename:
            why = f"{error.filename}: {error.strerror}"
            raise OperatorError(f"--data: {why}; give a folder that you may write") from None
        raise OperatorError(f"the emulator cannot listen: {error}; try another --port") from None
