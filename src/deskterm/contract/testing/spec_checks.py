"""What a `ConnectorSpec` must hold, without talking to anybody."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import timedelta
from importlib import import_module
from importlib.resources import files

from deskterm.contract.session import Session
from deskterm.contract.spec import CONTRACT_VERSION, AccountField, Capability, ConnectorSpec
from deskterm.contract.testing.violation import ContractViolation, require

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_DOTTED = re.compile(r"[A-Za-z_][\w.]{0,200}:[A-Za-z_]\w{0,80}")
#: A field with such a word in its name holds a secret, unless it only says where one is.
_SECRET_WORDS = ("password", "passphrase", "secret", "token", "api_key", "private_key")
_PLACES = ("path", "url")

#: Methods of a session that need a capability.
METHODS = {
    "wait": Capability.WAIT,
    "send": Capability.SEND_REPLY,
    "find_sent": Capability.FIND_SENT,
    "file_copy": Capability.FILE_COPY,
    "carry": Capability.CARRY_MAIL,
    "orders": Capability.READ_ORDERS,
    "orders_by_ref": Capability.READ_ORDERS,
    "stock": Capability.READ_STOCK,
}
#: Reading a spec must load none of these: a console reads all specs before its first frame.
_HEAVY = ("httpx", "keyring", "sqlite_utils", "textual", "aiosmtplib")


def check_identity(spec: ConnectorSpec) -> None:
    """Id, title, version and numbers."""
    require(_NAME.fullmatch(spec.id), f"the id {spec.id!r} is not [a-z][a-z0-9_]*")
    require(spec.title.strip(), "the title is empty")
    require(
        spec.contract_version == CONTRACT_VERSION,
        f"written for contract {spec.contract_version}, this is {CONTRACT_VERSION}",
    )
    require(spec.session or spec.mail_face, "neither a session nor a mail face is named")
    require(spec.rate.burst >= 1, "a burst of less than one call lets nothing through")
    require(spec.rate.per_second > 0, "a rate of nothing lets nothing through")
    maximum = spec.text_limits.maximum
    require(maximum is None or maximum > 0, "a text limit of nothing lets nothing through")
    hash(spec)


def check_fields(spec: ConnectorSpec) -> None:
    """Account fields: names, kinds, choices, and secrets that are marked as such."""
    names = [field.name for field in spec.fields]
    require(len(names) == len(set(names)), f"a field stands there twice: {names}")
    for field in spec.fields:
        _check_field(field)
    mailbox = spec.field("mailbox")
    require(
        bool(spec.mail_face) == (mailbox is not None),
        "the field 'mailbox' names the account that carries the mail of a mail face",
    )
    if mailbox is not None and not spec.session:
        require(mailbox.required, "without a session the field 'mailbox' must be required")


def _check_field(field: AccountField) -> None:
    what = f"field {field.name!r}"
    require(_NAME.fullmatch(field.name), f"{what}: the name is not [a-z][a-z0-9_]*")
    require(field.label.strip(), f"{what}: no label")
    sounds_secret = any(word in field.name for word in _SECRET_WORDS)
    if sounds_secret and field.kind not in _PLACES:
        require(field.kind == "secret", f"{what}: sounds like a secret and is {field.kind!r}")
    if field.kind == "secret":
        require(not field.default, f"{what}: a secret cannot have a default")
    require((field.kind == "choice") == bool(field.choices), f"{what}: kind and choices disagree")
    if field.choices and field.default:
        require(field.default in field.choices, f"{what}: the default is no choice")
    if field.kind == "port" and field.default:
        number = int(field.default) if field.default.isdigit() else 0
        require(0 < number < 65536, f"{what}: {field.default!r} is no port")


def check_streams(spec: ConnectorSpec) -> None:
    """Streams: names, times, and that reading and streams go together."""
    names = [stream.name for stream in spec.streams]
    require(len(names) == len(set(names)), f"a stream stands there twice: {names}")
    for stream in spec.streams:
        what = f"stream {stream.name!r}"
        require(_NAME.fullmatch(stream.name), f"{what}: the name is not [a-z][a-z0-9_]*")
        require(stream.every >= timedelta(seconds=10), f"{what}: polled without a rest")
        require(stream.sweep >= timedelta(0), f"{what}: a sweep into the future")
        require(stream.style == "time" or not stream.sweep, f"{what}: a token cannot sweep")
        if stream.style == "time":
            require(stream.overlap > timedelta(0), f"{what}: without overlap late rows are lost")
    reads = spec.capabilities & {
        Capability.READ_MESSAGES,
        Capability.CARRY_MAIL,
        Capability.READ_ORDERS,
    }
    if spec.streams:
        require(reads, "there are streams, and the spec offers no reading")
    if reads and spec.session:
        require(spec.streams, "the spec offers reading, and there is no stream")


def check_capabilities(spec: ConnectorSpec) -> None:
    """What is offered is written, and what is written is offered."""
    if spec.read_back.reliable:
        require(
            Capability.FIND_SENT in spec.capabilities,
            "reading back is called reliable, and find_sent is not offered",
        )
    if not spec.session:
        return
    session = load(spec.session)
    if not isinstance(session, type) or not issubclass(session, Session):
        raise ContractViolation(f"{spec.session} is no Session")
    require(session.spec == spec, f"{spec.session} carries another spec")
    for method, capability in METHODS.items():
        written = getattr(session, method) is not getattr(Session, method)
        offered = capability in spec.capabilities
        require(written or not offered, f"{capability} is offered, and {method}() is not written")
        require(offered or not written, f"{method}() is written, and {capability} is not offered")


def check_names_load(spec: ConnectorSpec) -> None:
    """The dotted names lead somewhere, the rule pack too."""
    if spec.session:
        load(spec.session)
    if spec.mail_face:
        face = load(spec.mail_face)
        for method in ("claims", "read", "write"):
            require(callable(getattr(face, method, None)), f"{spec.mail_face} has no {method}()")
    if spec.rule_pack:
        pack = files(spec.rule_pack).joinpath("rules.toml")
        require(pack.is_file(), f"{spec.rule_pack} has no rules.toml")


def check_spec_is_light(spec: ConnectorSpec, module: str) -> None:
    """Importing the module of the spec, in a fresh interpreter, loads no connector code."""
    source = (
        "import importlib, json, sys; importlib.import_module(sys.argv[1]); "
        "print(json.dumps(sorted(sys.modules)))"
    )
    # The module's name comes from the connector's own tests.
    done = subprocess.run(
        [sys.executable, "-c", source, module], capture_output=True, text=True, check=False
    )
    require(done.returncode == 0, f"{module} cannot be imported: {done.stderr[-500:]}")
    loaded = set(json.loads(done.stdout))
    heavy = {name.partition(":")[0] for name in (spec.session, spec.mail_face) if name}
    found = sorted(loaded & (heavy - {module} | set(_HEAVY)))
    require(not found, f"importing {module} loads {', '.join(found)}")
    require(heavy.isdisjoint({module}), f"{module} holds the connector itself")


def load(dotted: str) -> object:
    """What `package.module:Name` names.

    Raises:
        ContractViolation: it names nothing.
    """
    require(_DOTTED.fullmatch(dotted), f"{dotted!r} is not package.module:Name")
    module, _, name = dotted.partition(":")
    try:
        return getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise ContractViolation(f"{dotted} does not load: {error}") from error
