"""All settings, read once from QUARTIERI_* variables. A wrong one is one line with the mend."""

import ipaddress
import re
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

TELEGRAM = "https://api.telegram.org"
_PREFIX = "QUARTIERI_"
_LOOKS_RIGHT = r"^\d+:[A-Za-z0-9_-]+$"


class SettingsError(Exception):
    """A setting is wrong or missing; the message says which and the mend."""


class Settings(BaseSettings):
    """What the operator sets; secrets come from the environment only."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="ignore")

    token: SecretStr
    database_url: str = "sqlite:///var/quartieri.db"
    api_url: str = TELEGRAM
    school: Path | None = None
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    webhook_host: str = "127.0.0.1"
    webhook_port: Annotated[int, Field(ge=0, le=65535)] = 8443
    health_host: str = "127.0.0.1"
    health_port: Annotated[int, Field(ge=1, le=65535)] | None = None
    clock_url: str | None = None
    operator_chat: int | None = None
    per_second: Annotated[float, Field(ge=0)] = 30
    log_level: str = "INFO"
    copies: Path | None = None
    keep_copies: Annotated[int, Field(ge=0, le=3650)] = 7
    backlog: Annotated[int, Field(ge=1)] = 1000
    least_free_mb: Annotated[int, Field(ge=0)] = 1000

    @field_validator("token")
    @classmethod
    def looks_like_a_token(cls, token: SecretStr) -> SecretStr:
        """Refuse what BotFather never gives."""
        if not re.match(_LOOKS_RIGHT, token.get_secret_value()):
            raise ValueError("this is no bot token; copy it from BotFather, like 123456:ABC-def")
        return token

    @field_validator("database_url")
    @classmethod
    def known_database(cls, url: str) -> str:
        """Refuse a database that we do not speak to."""
        try:
            parsed = make_url(url)
        except (ArgumentError, ValueError):  # its words may quote a piece of the password
            parsed = None
        backend = parsed.get_backend_name() if parsed else ""
        # What is kept in memory would be gone before the bot begins.
        kept = parsed is not None and parsed.database not in (None, "", ":memory:")
        if backend not in ("sqlite", "postgresql") or not kept:
            raise ValueError("write sqlite:///path/to/file.db or postgresql://user@host/name")
        if parsed is not None and "sslmode" in parsed.query:
            raise ValueError("sslmode is not known here; write ssl=require in its place")
        return url

    @field_validator("api_url", "webhook_url", "clock_url")
    @classmethod
    def is_http(cls, url: str | None) -> str | None:
        """Refuse what is no web address."""
        if url is not None and (
            urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc
        ):
            raise ValueError("write a whole address, like https://bot.example.org")
        return url and url.rstrip("/")

    @field_validator("clock_url")
    @classmethod
    def is_loopback(cls, url: str | None) -> str | None:
        """Only a demo or a test may move the clock."""
        if url is not None and not _loopback(urlsplit(url).hostname or ""):
            raise ValueError("only an emulator on 127.0.0.1 may set the clock; take it out")
        return url

    @field_validator("operator_chat", mode="before")
    @classmethod
    def is_chat(cls, chat: object) -> object:
        """Refuse what is no chat's number; nothing at all is no chat."""
        if chat == "":
            return None
        if isinstance(chat, str) and not re.fullmatch(r"-?[1-9]\d{0,15}", chat):
            raise ValueError("write the chat's number, like -1001234567890, or take it out")
        return chat

    @field_validator("health_port", mode="before")
    @classmethod
    def is_off(cls, port: object) -> object:
        """Nothing at all is no port."""
        return None if port == "" else port

    @field_validator("school")
    @classmethod
    def is_folder(cls, folder: Path | None) -> Path | None:
        """Refuse a folder that is not there."""
        if folder is not None and not folder.is_dir():
            raise ValueError(f"{folder} is no folder; make it or take the setting out")
        return folder

    @field_validator("log_level")
    @classmethod
    def known_level(cls, level: str) -> str:
        """Refuse a level that logging lacks."""
        if level.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("write DEBUG, INFO, WARNING or ERROR")
        return level.upper()

    @model_validator(mode="after")
    def webhook_has_secret(self) -> "Settings":
        """A webhook without a secret would take anybody's updates."""
        if self.webhook_url and not self.webhook_secret:
            raise ValueError("WEBHOOK_SECRET is missing; set it to a long random word")
        return self

    @property
    def is_telegram(self) -> bool:
        """Whether real people are met: the server is Telegram's own, or somebody's that passes on
        to it; only an emulator is on this machine.
        """
        return not _loopback(urlsplit(self.api_url).hostname or "")

    @property
    def bot_id(self) -> int:
        """The bot's own id: the number that its token begins with."""
        return int(self.token.get_secret_value().partition(":")[0])

    @property
    def database_file(self) -> Path | None:
        """The file of a SQLite database; None where a server keeps it."""
        url = make_url(self.database_url)
        return Path(str(url.database)) if url.get_backend_name() == "sqlite" else None

    @property
    def copies_days(self) -> int:
        """For how many days any copy of ours is kept: also without daily ones a restore, and a new
        schema, leave what was there before for a day.
        """
        return max(self.keep_copies, 1)

    @property
    def copies_folder(self) -> Path:
        """Where copies are kept, and the key of those who were forgotten: not in the database."""
        file = self.database_file
        return self.copies or (file.parent if file else Path("var")) / "copies"


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read(**given: Any) -> Settings:
    """Read the settings. Raises SettingsError with one line for the first wrong one."""
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError(_line(error)) from None


def _line(error: ValidationError) -> str:
    found = error.errors(include_input=False)[0]
    name = _PREFIX + "_".join(str(step) for step in found["loc"]).upper()
    said = found["msg"].removeprefix("Value error, ")
    if found["type"] == "missing":
        said = "is missing; set it to the token that BotFather gave you"
        return f"{name} {said}"
    return f"{name}: {said}" if found["loc"] else f"{_PREFIX}{said}"
