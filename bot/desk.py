"""The operator's commands: `check`, `backup`, `restore`, `poster`, `sources`. Each says what it did
in plain lines; what the operator can get wrong is one line, and nothing was changed.
"""

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from bot.settings import Settings
    from bot.source import Source

T = TypeVar("T")
_UNSENT = ("send", "drop")


class OperatorError(Exception):
    """Something that the operator can mend; the message says how. `status` is the command's end:
    what may pass by itself is worth another start, a wrong setting is not.
    """

    status = 2


class AwayError(OperatorError):
    """The network or the database is away."""

    status = 75  # sysexits.h: EX_TEMPFAIL


def add(commands: Any) -> None:
    """Add the commands to the parser of `quartieri`."""
    check = commands.add_parser("check", help="say what is right and what is not")
    check.set_defaults(command=_check)
    poster = commands.add_parser("poster", help="make a poster with a code to scan, as PDF")
    poster.add_argument("-o", "--output", type=Path, default=Path("poster.pdf"), metavar="FILE")
    poster.add_argument("--source", default="poster", help="where it hangs: counted, no persons")
    poster.add_argument("--language", help="like it,ar; the first one is large")
    poster.add_argument("--bot", help="the bot's username; else Telegram is asked")
    poster.set_defaults(command=_poster)
    sources = commands.add_parser("sources", help="how often each poster was scanned")
    sources.set_defaults(command=_sources)
    invite = commands.add_parser("invite", help="make a link that gives somebody a role, once")
    invite.add_argument("role", choices=("tutor", "coordinator"))
    invite.add_argument("--bot", help="the bot's username; else Telegram is asked")
    invite.set_defaults(command=_invite)
    backup = commands.add_parser("backup", help="copy everything to a file, while the bot runs")
    backup.add_argument("file", nargs="?", type=Path)
    backup.add_argument("--no-files", action="store_true", help="without people's voices and files")
    backup.set_defaults(command=_backup)
    restore = commands.add_parser("restore", help="put a copy back; stop the bot first")
    restore.add_argument("file", type=Path)
    restore.add_argument("--yes", action="store_true", help="do not ask")
    restore.add_argument("--unsent", choices=_UNSENT, help="what to do with unsent messages")
    restore.add_argument(
        "--bring-back-forgotten",
        action="store_true",
        help="also a copy so old that it is not known any more who asked to be forgotten since",
    )
    restore.set_defaults(command=_restore)


def read_settings(**given: Any) -> "Settings":
    """The settings. Raises OperatorError."""
    from bot.settings import SettingsError, read

    try:
        return read(**given)
    except SettingsError as error:
        raise OperatorError(str(error)) from None


def _now() -> datetime:
    from bot.clock import Clock

    return Clock().now()


async def _check(_options: argparse.Namespace) -> int:
    from bot.logs import set_up

    try:
        settings = read_settings()
    except OperatorError as error:
        print(f"!! settings: {error}")
        return 1
    set_up("CRITICAL")
    from bot.check import run

    wrong = 0
    async for line in run(settings):
        print(line)
        wrong += line.mend is not None
    return int(wrong > 0)


async def _poster(options: argparse.Namespace) -> int:
    from bot.mends import explained
    from school import sources

    settings = read_settings()
    if not sources.is_code(options.source):
        raise OperatorError("--source: write 1 to 32 of a to z, 0 to 9 and -, but not other")
    try:
        return await _make_poster(options, settings)
    except OperatorError:
        raise
    except Exception as error:
        raise OperatorError(explained(error, settings) or type(error).__name__) from error


async def _make_poster(options: argparse.Namespace, settings: "Settings") -> int:
    from bot import poster
    from school import links, loading, sources

    school = loading.load(settings.school)
    languages = options.language.split(",") if options.language else school.languages
    unknown = [code for code in languages if code not in school.languages]
    if unknown:
        raise OperatorError(f"--language: the school speaks {', '.join(school.languages)}")
    bot = await _bot_name(options, settings)
    words = [poster.speak(code) for code in languages]
    options.output.write_bytes(await poster.pdf(school, words, bot, options.source))
    day = _now().astimezone(school.zone).date()
    await _in_database(settings, lambda session: sources.made(session, options.source, day))
    print(f"{options.output}: opens {links.opens(bot, options.source)}")
    return 0


async def _bot_name(options: argparse.Namespace, settings: "Settings") -> str:
    """The name given, else the one that Telegram says."""
    from bot.api import connect
    from bot.mends import explained

    if options.bot is not None:
        return options.bot
    try:
        async with connect(settings.token.get_secret_value(), settings.api_url) as api:
            return api.username
    except Exception as error:
        raise OperatorError(explained(error, settings) or type(error).__name__) from error


async def _invite(options: argparse.Namespace) -> int:
    from school import links, staff

    settings, now = read_settings(), _now()
    bot = await _bot_name(options, settings)

    def invite(session: "Session") -> str:
        staff.note(session, None, "invited", now, role=options.role)
        return staff.invite(session, options.role, None, now)

    secret = await _in_database(settings, invite)
    print(links.opens(bot, links.about(links.STAFF, secret)))
    print(f"It gives the role {options.role} to whoever opens it first,", end=" ")
    print(f"until {now + staff.VALID:%Y-%m-%d %H:%M} UTC.")
    return 0


async def _sources(_options: argparse.Namespace) -> int:
    from school import sources

    for code, count, day in await _in_database(read_settings(), sources.counts):
        print(f"{count:6} {code} (last {day})")
    return 0


async def _in_database(settings: "Settings", work: "Callable[[Session], T]") -> "T":
    """Do one piece of work beside the bot, on the newest schema."""
    from db.migrate import upgrade
    from db.session import connect

    await upgrade(settings.database_url)
    database = connect(settings.database_url)
    try:
        return await database.run(work)
    finally:
        await database.close()


async def _backup(options: argparse.Namespace) -> int:
    from bot.backup import backup
    from bot.logs import set_up
    from bot.mends import explained

    settings, now = read_settings(), _now()
    set_up("ERROR")
    target: Path = options.file or settings.copies_folder / f"backup-{now:%Y%m%d-%H%M%S}.zip"
    try:
        found = await backup(settings, target, now, files=not options.no_files)
    except Exception as error:
        raise OperatorError(explained(error, settings) or type(error).__name__) from error
    missing = [file for file in found["files"] if "missing" in file]
    print(f"{target}: {found['rows'].get('people', 0)} people,", end=" ")
    print(f"{len(found['files']) - len(missing)} files, {found['unsent']} unsent messages")
    for file in missing:
        print(f"!! not in it: the file {file['file_id']} ({file['missing']})")
    return 0


async def _restore(options: argparse.Namespace) -> int:
    from bot import archive, source
    from bot.logs import set_up
    from bot.mends import explained
    from bot.restore import Plan, RestoreError, present, refuse_too_old, restore
    from school import loading

    settings, now = read_settings(), _now()
    set_up("ERROR")
    try:
        school, copy = loading.load(settings.school), source.opened(options.file)
        _tell(copy, settings)
        if not options.bring_back_forgotten:
            refuse_too_old(copy, school, now)
        people, marks = await present(settings)
        unsent = _unsent(options, copy.unsent)
        _confirm(options, people)
        done = await restore(Plan(copy, settings, school, now, unsent == "send", marks))
    except (archive.ArchiveError, RestoreError) as error:
        raise OperatorError(str(error)) from None
    except OperatorError:
        raise
    except Exception as error:
        raise OperatorError(explained(error, settings) or type(error).__name__) from error
    print(f"restored; {done.forgotten} people who asked to be forgotten since are forgotten again")
    if done.aside:
        print(f"what was there before: {done.aside}", end=" ")
        print(f"(days until the bot deletes it: {settings.copies_days})")
    return 0


def _tell(copy: "Source", settings: "Settings") -> None:
    """What the copy holds, and what of it has to be put back by hand."""
    print(f"{copy.path}: of {copy.made_at:%Y-%m-%d %H:%M} UTC, {copy.people} people,", end=" ")
    print(f"{copy.unsent} unsent messages, notice {copy.notice or 'unknown'}")
    if copy.bot_id not in (None, settings.bot_id):
        print("!! another bot made this copy: people must write to this one first,")
        print("!! and their voices and files are only in the copy, under files/")
    if any(name.startswith("school/") for name in copy.others):
        print(f"the school's folder is in it: python3 -m zipfile -e {copy.path} DIR")


def _unsent(options: argparse.Namespace, count: int) -> str:
    """What to do with messages that were not sent yet when the copy was made."""
    if options.unsent or not count:
        return options.unsent or "drop"
    print(f"{count} messages waited to be sent then. Most were sent since, or are out of date.")
    said = _asked("Write send or drop: ", "add --unsent send or --unsent drop")
    if said not in _UNSENT:
        raise OperatorError("nothing was changed; write send or drop")
    return said


def _confirm(options: argparse.Namespace, people: int) -> None:
    if people and not options.yes:
        print(f"The database has {people} people now. It is kept aside and replaced.")
        if _asked("Write yes: ", "add --yes") != "yes":
            raise OperatorError("nothing was changed")


def _asked(question: str, mend: str) -> str:
    if not sys.stdin.isatty():
        raise OperatorError(f"nothing was changed; {mend}")
    return input(question).strip().casefold()
