"""The palette and the help: commands to choose from, by typing some of their words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from deskterm.i18n import say
from deskterm.service.command import Command
from deskterm.text.clean import SafeText, clean
from deskterm.ui.chooser import Chooser, Row
from deskterm.viewmodel.offers import Offer, matching

Take = Callable[[Command], Awaitable[None]]


class Palette(Chooser):
    """Every command by name, with its key."""

    grouped = False

    def __init__(self, take: Take, *, id: str = "palette") -> None:  # noqa: A002 - as in Textual
        super().__init__(say("Command"), id=id)
        self._take = take
        self._offers: Sequence[Offer] = ()
        #: What the rows stand for; None for a heading.
        self._listed: list[Offer | None] = []
        self._chosen = -1

    def open(self, title: SafeText, offers: Sequence[Offer]) -> None:
        """Show commands to choose from."""
        self._offers = offers
        self.set_title(title)
        self.begin()

    def typed(self, text: str) -> None:
        """Show what fits, the best one chosen."""
        found = matching(self._offers, text)
        grouped = self.grouped and not text.strip()
        self._listed = _with_headings(found) if grouped else list(found)
        self._chosen = next((n for n, offer in enumerate(self._listed) if offer), -1)
        self._paint()

    def move(self, step: int) -> None:
        """Choose another command."""
        places = [place for place, offer in enumerate(self._listed) if offer is not None]
        if not places:
            return
        now = places.index(self._chosen) if self._chosen in places else 0
        new = (now + step) % len(places) if abs(step) == 1 else now + step
        self._chosen = places[max(0, min(new, len(places) - 1))]
        self._paint()

    def choose(self, place: int) -> None:
        """Choose the command in a row."""
        if 0 <= place < len(self._listed) and self._listed[place] is not None:
            self._chosen = place
            self._paint()

    async def entered(self) -> None:
        """Do the chosen command, where the keys came from."""
        offer = self._listed[self._chosen] if 0 <= self._chosen < len(self._listed) else None
        self.end()
        if offer is not None:
            await self._take(offer.command)

    def _paint(self) -> None:
        self.choices.put([_row(offer) for offer in self._rows()], self._chosen)

    def _rows(self) -> list[Offer | SafeText]:
        """Offers, and for a heading the group of the offer below."""
        rows: list[Offer | SafeText] = []
        for place, offer in enumerate(self._listed):
            below = self._listed[place + 1] if offer is None else None
            rows.append(offer or (below.group if below is not None else clean("")))
        return rows


def _with_headings(offers: Sequence[Offer]) -> list[Offer | None]:
    """Offers by group, each group after a None."""
    groups: dict[SafeText, list[Offer]] = {}
    for offer in offers:
        groups.setdefault(offer.group, []).append(offer)
    listed: list[Offer | None] = []
    for group in groups.values():
        listed += [None, *group]
    return listed


def _row(shown: Offer | SafeText) -> Row:
    if isinstance(shown, str):
        return Row(shown, heading=True)
    note = shown.help if shown.reason is None else say("not now: {why}", why=shown.reason)
    return Row(shown.title, shown.key, note, dim=shown.reason is not None)
