"""Amounts of money: whole minor units and an ISO 4217 code, never a float."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, Overflow

#: Decimals of the currencies that have not two (ISO 4217, list one).
_NONE = ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND")
_NONE_AS_WELL = ("VUV", "XAF", "XOF", "XPF")
_THREE = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
_DECIMALS = {**dict.fromkeys(_NONE + _NONE_AS_WELL, 0), **dict.fromkeys(_THREE, 3)}


def decimals(currency: str) -> int:
    """How many decimals a currency has; two where it is not known."""
    return _DECIMALS.get(currency, 2)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in minor units (cents) of a currency."""

    minor: int
    currency: str

    @classmethod
    def parse(cls, text: str, currency: str) -> Money:
        """Read a decimal number such as `49.90`, as channels write them; half a cent is rounded.

        Raises:
            ValueError: it is no number.
        """
        try:
            amount = Decimal(text)
            if not amount.is_finite():
                raise ValueError(f"{text[:40]!r} is no amount")
            return cls(round(amount.scaleb(decimals(currency))), currency)
        except (InvalidOperation, Overflow) as error:
            raise ValueError(f"{text[:40]!r} is no amount") from error

    @property
    def amount(self) -> Decimal:
        """In major units (euros), exactly."""
        return Decimal(self.minor).scaleb(-decimals(self.currency))
