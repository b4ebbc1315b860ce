"""The connectors that are installed: their specs at once, their code when an account needs it.

Connectors are Python code with all rights of the user. Those that come with deskterm are loaded;
any other only when the settings name it.
"""

from __future__ import annotations

import importlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from deskterm.contract import (
    CONTRACT_VERSION,
    ConnectorSpec,
    ContractBroken,
    MailFace,
    Session,
)
from deskterm.domain.order_shapes import compile_shape

GROUP = "deskterm.connectors"
_BUNDLED = "deskterm_connectors."


@dataclass(frozen=True, slots=True)
class Connectors:
    """What is installed. `problems` says in words which connectors were left out and why."""

    specs: Mapping[str, ConnectorSpec]
    problems: tuple[str, ...] = ()

    @classmethod
    def installed(cls, trusted: Collection[str]) -> Connectors:
        """Read the specs of the bundled connectors and of those named as trusted."""
        specs: dict[str, ConnectorSpec] = {}
        problems: list[str] = []
        for point in sorted(entry_points(group=GROUP), key=lambda p: p.name):
            if not point.value.startswith(_BUNDLED) and point.name not in trusted:
                problems.append(
                    f"{point.name} comes from outside and is not loaded; name it under "
                    "trusted_connectors in settings.toml if you trust it"
                )
                continue
            problems += _load(point, specs)
        return cls(specs, tuple(problems))

    def spec(self, channel: str) -> ConnectorSpec:
        """The spec of a channel.

        Raises:
            ContractBroken: no connector of that name is loaded.
        """
        spec = self.specs.get(channel)
        if spec is None:
            raise ContractBroken(f"no connector named {channel} is installed")
        return spec

    def further_packs(self) -> tuple[str, ...]:
        """The packages of those from outside that bring a rule pack along."""
        packages = (spec.rule_pack for spec in self.specs.values())
        return tuple(p for p in packages if p and not p.startswith(_BUNDLED))

    def session_class(self, channel: str) -> type[Session]:
        """The session class of a channel, loaded now."""
        found: object = _dotted(self.spec(channel).session)
        if not (isinstance(found, type) and issubclass(found, Session)):
            raise ContractBroken(f"{channel} names a session that is none")
        return found

    def face(self, channel: str) -> MailFace | None:
        """The mail face of a channel, or None."""
        name = self.spec(channel).mail_face
        if not name:
            return None
        face: MailFace = _dotted(name)()
        return face


def field_problem(spec: ConnectorSpec, fields: Mapping[str, str]) -> str | None:
    """Why account settings do not fit a spec, in words; None when they do."""
    for name, value in fields.items():
        known = spec.field(name)
        if known is None or known.kind == "secret":
            names = ", ".join(f.name for f in spec.fields if f.kind != "secret")
            return f"{spec.id} has no setting {name[:40]!r}; it has {names}"
        if known.kind == "port" and not (value.isdecimal() and 0 < int(value) < 65_536):
            return f"{name} must be a port number, not {value[:40]!r}"
        if known.choices and value not in known.choices:
            return f"{name} must be one of {', '.join(known.choices)}, not {value[:40]!r}"
        if known.kind == "order_shape" and (why := _no_shape(value)):
            return f"{name} {why}; for example SHOP-#{{5,8}}"
        if known.kind == "address" and value.count("@") != 1:
            return f"{name} must be a mail address, not {value[:80]!r}"
    missing = [
        f.name
        for f in spec.fields
        if f.required and f.kind != "secret" and not fields.get(f.name, f.default)
    ]
    if missing:
        return f"{spec.id} also needs {', '.join(missing)}"
    return None


def _no_shape(value: str) -> str | None:
    if not value:
        return None
    try:
        compile_shape(value)
    except ValueError as error:
        return str(error)
    return None


def with_defaults(spec: ConnectorSpec, fields: Mapping[str, str]) -> dict[str, str]:
    """The fields of an account with the spec's defaults filled in."""
    return {f.name: fields.get(f.name) or f.default for f in spec.fields if f.kind != "secret"}


def _load(point: EntryPoint, specs: dict[str, ConnectorSpec]) -> list[str]:
    try:
        spec = point.load()
    except (ImportError, AttributeError, SyntaxError) as error:
        return [f"{point.name} cannot be loaded: {type(error).__name__}"]
    if not isinstance(spec, ConnectorSpec):
        return [f"{point.name} does not name a ConnectorSpec"]
    if spec.contract_version != CONTRACT_VERSION:
        made_for = spec.contract_version
        return [f"{point.name} is made for contract {made_for}, we have {CONTRACT_VERSION}"]
    specs[spec.id] = spec
    return []


def _dotted(name: str) -> Any:
    module, _, attribute = name.partition(":")
    try:
        return getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise ContractBroken(f"{name} cannot be loaded: {type(error).__name__}") from error
