"""The rules by which replies to the open ticket are checked, read out."""

from __future__ import annotations

from collections.abc import Iterator

from deskterm.i18n import say
from deskterm.plain.beside import BesideTicket
from deskterm.plain.pages import Block
from deskterm.plain.said import spoken
from deskterm.viewmodel.rule_sheet import Rules, origin, sentence
from deskterm.viewmodel.rule_words import severity_word


class RuleReading(BesideTicket):
    """Reads the rules of a channel out."""

    def read_out(self, _rest: str = "") -> None:
        """All rules of the channel of the ticket that is open.

        Raises:
            UsageError: no ticket is open.
            DesktermError: a file of rules is not as it must be.
        """
        shown = self.opened
        account = shown.account or shown.ticket.account
        sheet = self.read("rules", lambda reading: reading.rules_of(account))
        if sheet is None:
            self.tell(say("There are no rules to show here"))
            return
        rules = Rules()
        rules.show(sheet)
        self.tell_pages(_blocks(rules))


def _blocks(rules: Rules) -> Iterator[Block]:
    yield spoken(rules.title), spoken(rules.words), rules.hint
    for rule in rules.items:
        word = severity_word(rule.severity)
        head = say("{word}: {says}", word=word, says=sentence(rule))
        yield head, say("Rule {rule}", rule=rule.id), *origin(rule)
