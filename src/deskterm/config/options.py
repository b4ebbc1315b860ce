"""Every setting of a workspace: its name, type, default and meaning."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, TypeVar

OPTION = "option"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Option:
    """What a setting means and which values it takes.

    `guarded`: it decides what code runs or where secrets go, so it counts only in a file that
    nobody else can write. `shape`: its texts are shapes of order numbers, see
    `deskterm.domain.order_shapes`.
    """

    doc: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    guarded: bool = False
    shape: bool = False


def _option(default: T, doc: str, **limits: Any) -> T:
    default_of_field: T = field(default=default, metadata={OPTION: Option(doc, **limits)})
    return default_of_field


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """The process that writes and talks to the channels."""

    idle_s: float = _option(
        60.0, "Seconds without a client after which the office ends", low=1, high=86_400
    )


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Limits for mail."""

    max_reply_bytes: int = _option(
        20_000_000,
        "A reply with its attachments may be this large; many mail servers take no more",
        low=100_000,
        high=100_000_000,
    )


@dataclass(frozen=True, slots=True)
class SyncSettings:
    """Taking messages in."""

    import_batch: int = _option(
        500, "Messages stored in one transaction by an import", low=1, high=10_000
    )
    max_run_bytes: int = _option(
        5_000_000_000,
        "An account that sends more than this in one sync is stopped, and says so",
        low=1_000_000,
        high=1_000_000_000_000,
    )


@dataclass(frozen=True, slots=True)
class OutboxSettings:
    """Replies on their way."""

    keep_days: int = _option(
        90, "Days for which the end of a sent or refused item is kept", low=7, high=3_650
    )


@dataclass(frozen=True, slots=True)
class SecretsSettings:
    """Where passwords and tokens live."""

    store: str = _option(
        "auto",
        "The place; auto is the one that took the first secret, at first the keyring. "
        "The variable DESKTERM_SECRETS comes before this",
        choices=("auto", "keyring", "command", "systemd", "file", "env"),
        guarded=True,
    )
    command: tuple[str, ...] = _option(
        (),
        "For the store command: program and arguments, {account} and {field} filled in; "
        "the first line it prints is the secret",
        guarded=True,
    )


@dataclass(frozen=True, slots=True)
class LogSettings:
    """The log, which holds ids and no text of customers."""

    level: str = _option(
        "info", "How much is written", choices=("debug", "info", "warning", "error")
    )
    max_bytes: int = _option(
        1_000_000, "Size at which a new log file begins", low=10_000, high=100_000_000
    )
    keep_files: int = _option(5, "Older log files that are kept", low=0, high=100)


@dataclass(frozen=True, slots=True)
class ConsoleSettings:
    """The screen."""

    theme: str = _option(
        "auto",
        "Its colours: the name of a theme; auto is dark, and sixteen where the terminal has no "
        "more colours. What is chosen on the screen comes before this",
    )
    ascii: bool = _option(
        False, "Signs and borders of ASCII only, as in a terminal that knows no UTF-8"
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. Every one has a default, so that an empty file is a good file."""

    agent_name: str = _option("", "Your name as it stands under replies and in the journal")
    hold_s: float = _option(
        10.0, "Seconds for which a reply waits and can be taken back with one key", low=0, high=600
    )
    order_patterns: tuple[str, ...] = _option(
        (),
        "Shapes of your own order numbers, for example SHOP-#{5,8}: # is a digit, @ a letter, "
        "* either, {n} or {n,m} repeats one of them, \\ takes the next character as it is",
        shape=True,
    )
    trusted_connectors: tuple[str, ...] = _option(
        (),
        "Connectors from outside that may be loaded, by name. They are code with all your rights",
        guarded=True,
    )
    office: OfficeSettings = OfficeSettings()
    mail: MailSettings = MailSettings()
    sync: SyncSettings = SyncSettings()
    outbox: OutboxSettings = OutboxSettings()
    secrets: SecretsSettings = SecretsSettings()
    log: LogSettings = LogSettings()
    console: ConsoleSettings = ConsoleSettings()


@dataclass(frozen=True, slots=True)
class Known:
    """A setting as the file names it: `key` is dotted, `default` decides the type."""

    key: str
    default: Any
    option: Option


def known_settings(section: Any = None, prefix: str = "") -> tuple[Known, ...]:
    """Every setting there is, in the order of the page that describes them."""
    found: list[Known] = []
    part = Settings() if section is None else section
    for each in fields(part):
        value = getattr(part, each.name)
        if is_dataclass(value):
            found += known_settings(value, f"{prefix}{each.name}.")
        else:
            found.append(Known(prefix + each.name, value, each.metadata[OPTION]))
    return tuple(found)


def type_words(known: Known) -> str:
    """The type of a setting as a person reads it."""
    if known.option.choices:
        return "one of " + ", ".join(known.option.choices)
    match known.default:
        case bool():
            return "true or false"
        case int():
            return f"whole number{_range(known.option)}"
        case float():
            return f"number{_range(known.option)}"
        case tuple():
            return "list of texts"
        case _:
            return "text"


def describe() -> list[tuple[str, str, object, str]]:
    """Key, type, default and meaning of every setting."""
    return [(k.key, type_words(k), k.default, k.option.doc) for k in known_settings()]


def _range(option: Option) -> str:
    if option.low is None or option.high is None:
        return ""
    return f" from {option.low:.15g} to {option.high:.15g}"
