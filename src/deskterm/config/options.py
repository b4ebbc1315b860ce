"""Every setting of a workspace: its name, type, default and meaning."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, NamedTuple, get_type_hints

# Every program of ours reads settings first. Named tuples are made in a fifth of the time that
# dataclasses take, and what an option means is only worked out for who asks.


class Option(NamedTuple):
    """What a setting means and which values it takes.

    `guarded`: it decides what code runs or where secrets go, so it counts only in a file that
    nobody else can write. `shape`: its texts are shapes of order numbers, see
    `deskterm.domain.order_shapes`. `hours`: its text is empty or `deskterm.domain.hours.Hours`.
    """

    doc: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    guarded: bool = False
    shape: bool = False
    hours: bool = False


class OfficeSettings(NamedTuple):
    """The process that writes and talks to the channels."""

    idle_s: Annotated[
        float, Option("Seconds without a client after which the office ends", low=1, high=86_400)
    ] = 60.0


class MailSettings(NamedTuple):
    """Limits for mail."""

    max_reply_bytes: Annotated[
        int,
        Option(
            "A reply with its attachments may be this large; many mail servers take no more",
            low=100_000,
            high=100_000_000,
        ),
    ] = 20_000_000


class SyncSettings(NamedTuple):
    """Taking messages in."""

    import_batch: Annotated[
        int, Option("Messages stored in one transaction by an import", low=1, high=10_000)
    ] = 500
    max_run_bytes: Annotated[
        int,
        Option(
            "An account that sends more than this in one sync is stopped, and says so",
            low=1_000_000,
            high=1_000_000_000_000,
        ),
    ] = 5_000_000_000


class OutboxSettings(NamedTuple):
    """Replies on their way."""

    keep_days: Annotated[
        int, Option("Days for which the end of a sent or refused item is kept", low=7, high=3_650)
    ] = 90


class SecretsSettings(NamedTuple):
    """Where passwords and tokens live."""

    store: Annotated[
        str,
        Option(
            "The place; auto is the one that took the first secret, at first the keyring. "
            "The variable DESKTERM_SECRETS comes before this",
            choices=("auto", "keyring", "command", "systemd", "file", "env"),
            guarded=True,
        ),
    ] = "auto"
    command: Annotated[
        tuple[str, ...],
        Option(
            "For the store command: program and arguments, {account} and {field} filled in; "
            "the first line it prints is the secret",
            guarded=True,
        ),
    ] = ()


class LogSettings(NamedTuple):
    """The log, which holds ids and no text of customers."""

    level: Annotated[
        str, Option("How much is written", choices=("debug", "info", "warning", "error"))
    ] = "info"
    max_bytes: Annotated[
        int, Option("Size at which a new log file begins", low=10_000, high=100_000_000)
    ] = 1_000_000
    keep_files: Annotated[int, Option("Older log files that are kept", low=0, high=100)] = 5


class ConsoleSettings(NamedTuple):
    """The screen."""

    theme: Annotated[
        str,
        Option(
            "Its colours: the name of a theme, of the program or of your own; auto is dark, and "
            "sixteen where the terminal has no more colours. What is chosen on the screen comes "
            "before this. Where NO_COLOR is set it is mono"
        ),
    ] = "auto"
    language: Annotated[
        str,
        Option(
            "The language of screens and messages; auto is the one of the environment (LANGUAGE, "
            "LC_ALL, LC_MESSAGES, LANG), else English. en-XA is English in strange letters, for "
            "tests",
            choices=("auto", "en", "fr", "en-XA"),
        ),
    ] = "auto"
    spelling: Annotated[
        tuple[str, ...],
        Option(
            "Dictionaries of Hunspell in which the composer looks words up, for example en_GB; "
            "auto is the language of the environment, and English, as far as they are installed; "
            "an empty list: none"
        ),
    ] = ("auto",)
    ascii: Annotated[
        bool, Option("Signs and borders of ASCII only, as in a terminal that knows no UTF-8")
    ] = False


class NotifySettings(NamedTuple):
    """Being called when something new comes while nobody types."""

    views: Annotated[
        tuple[str, ...],
        Option(
            "Views whose new tickets you are called for, by the id of their command after go, for "
            "example needs_us or mine, or of a view of your own; empty: never"
        ),
    ] = ()
    by: Annotated[
        str,
        Option(
            "bell is the terminal's; notice is one of the desktop where the terminal is known to "
            "show it (OSC 9 or 777), else the bell",
            choices=("bell", "notice", "both"),
        ),
    ] = "bell"
    quiet: Annotated[
        str, Option("Hours in which you are not called, for example 22:00-07:00", hours=True)
    ] = ""


class Settings(NamedTuple):
    """All settings. Every one has a default, so that an empty file is a good file."""

    agent_name: Annotated[
        str, Option("Your name as it stands under replies and in the journal")
    ] = ""
    hold_s: Annotated[
        float,
        Option(
            "Seconds for which a reply waits and can be taken back with one key", low=0, high=600
        ),
    ] = 10.0
    order_patterns: Annotated[
        tuple[str, ...],
        Option(
            "Shapes of your own order numbers, for example SHOP-#{5,8}: # is a digit, @ a letter, "
            "* either, {n} or {n,m} repeats one of them, \\ takes the next character as it is",
            shape=True,
        ),
    ] = ()
    trusted_connectors: Annotated[
        tuple[str, ...],
        Option(
            "Connectors from outside that may be loaded, by name. "
            "They are code with all your rights",
            guarded=True,
        ),
    ] = ()
    office: OfficeSettings = OfficeSettings()
    mail: MailSettings = MailSettings()
    sync: SyncSettings = SyncSettings()
    outbox: OutboxSettings = OutboxSettings()
    secrets: SecretsSettings = SecretsSettings()
    log: LogSettings = LogSettings()
    console: ConsoleSettings = ConsoleSettings()
    notify: NotifySettings = NotifySettings()


class Known(NamedTuple):
    """A setting as the file names it: `key` is dotted, `default` decides the type."""

    key: str
    default: Any
    option: Option


@cache
def known_settings(section: Any = None, prefix: str = "") -> tuple[Known, ...]:
    """Every setting there is, in the order of the page that describes them."""
    found: list[Known] = []
    part = Settings() if section is None else section
    meanings = get_type_hints(type(part), include_extras=True)
    for name, value in part._asdict().items():
        if hasattr(value, "_asdict"):
            found += known_settings(value, f"{prefix}{name}.")
        else:
            found.append(Known(prefix + name, value, meanings[name].__metadata__[0]))
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
