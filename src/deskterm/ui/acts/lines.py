"""Palette, help, `:` line, `/` line and the line to find words: made when they are first wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from deskterm.i18n import say, say_many
from deskterm.service.command import Command, Context
from deskterm.service.table import TABLE
from deskterm.text.clean import clean
from deskterm.ui.does import does

if TYPE_CHECKING:
    from deskterm.text.clean import SafeText
    from deskterm.ui.app import DeskApp
    from deskterm.ui.chooser import Chooser
    from deskterm.ui.command_line import CommandBar
    from deskterm.ui.find_line import FindBar
    from deskterm.ui.help import Help
    from deskterm.ui.palette import Palette, Take
    from deskterm.ui.performer import Subject
    from deskterm.ui.search_line import SearchBar
    from deskterm.viewmodel.choices import Choice
    from deskterm.viewmodel.offers import Offer
    from deskterm.viewmodel.telling import Parsed
_NOTHING: Mapping[str, object] = MappingProxyType({})


class Lines:
    """Opens what is typed into over the panes."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._palette: Palette | None = None
        self._help: Help | None = None
        self._menu: Palette | None = None
        self._taking: Take | None = None
        self._command: CommandBar | None = None
        self._search: SearchBar | None = None
        self._find: FindBar | None = None
        self._subject: Subject | None = None

    # Commands

    @does("app.palette")
    async def palette(self) -> None:
        """Every command by name."""
        from deskterm.ui.palette import Palette
        from deskterm.viewmodel.offers import offered

        if self._palette is None:
            self._palette = Palette(self._take_named)
            await self.add(self._palette)
        context = self._begin()
        found = offered(self._commands, context)
        self._palette.open(say("Commands"), self._offers(found, context))

    @does("app.help")
    async def help(self) -> None:
        """The keys that work here."""
        from deskterm.ui.help import Help
        from deskterm.viewmodel.purposes import purpose

        if self._help is None:
            self._help = Help(self._take)
            await self.add(self._help)
        context = self._begin()
        keymap = self._app.dispatcher.keymap
        found = tuple(bound.command for bound in keymap.commands(context))
        self._help.explain(purpose(context))
        self._help.open(say("Keys that work here"), self._offers(found, context))

    @does("app.command_line")
    async def command_line(self) -> None:
        """A command with what it needs."""
        await self._open_command_line("")

    async def ask(self, command: Command, params: Mapping[str, object] = _NOTHING) -> None:
        """Ask for what a command needs, or whether it is to be done to many tickets: its beginning
        stands in the line already, with what it is told as far as that is known.
        """
        bar = await self._open_command_line("")
        bar.put(bar.model.ask(command, params))

    async def choose(self, title: SafeText, offers: Sequence[Offer], take: Take) -> None:
        """Ask which of some commands is meant."""
        from deskterm.ui.palette import Palette

        if self._menu is None:
            self._menu = Palette(self._take_from_menu, id="menu")
            await self.add(self._menu)
        self._begin()
        self._taking = take
        self._menu.open(title, offers)

    @does("view.search")
    async def search(self, query: str = "") -> None:
        """Narrow the list while typing; it comes to the front."""
        app = self._app
        if app.panes.side != "list" or app.panes.is_open:
            await app.panes.show_side("list")
        bar = await self._search_bar()
        if bar.is_open and not query:
            return
        bar.begin(query or app.desk.tickets.view.narrowed)
        if query:
            bar.end()

    @does("conversation.find")
    async def find(self) -> None:
        """Ask for words to find in the ticket, or go on to where they are found next."""
        from deskterm.ui.find_line import FindBar

        app = self._app
        if app.desk.conversation.matches:
            app.conversation.find_next()
            return
        if self._find is None:
            self._find = FindBar(app.conversation)
            await self.add(self._find)
        self._find.begin(app.desk.conversation.wanted)

    async def run_with(self, parsed: Parsed) -> None:
        """A console command that is told something."""
        words = " ".join(str(value) for value in parsed.params.values())
        if parsed.command.id == "app.theme":
            self._app.panes.theme(words)
        elif parsed.command.id == "view.search":
            await self.search(words)
        elif parsed.command.id == "macro.use_suggested":
            await self._app.macros.use_number(int(words) if words.isdecimal() else 0)
        elif parsed.command.id == "macro.pick":
            await self._app.macros.use_named(words)

    def close_all(self) -> None:
        """Give the keys back to a pane."""
        menus = (self._palette, self._help, self._menu)
        for each in (*menus, self._command, self._search, self._find):
            if each is not None and each.is_open:
                each.end()

    # Parts

    @property
    def _commands(self) -> tuple[Command, ...]:
        """All commands there are: those of the table, and those of the shop's own views."""
        return (*TABLE.values(), *self._app.desk.own_views.commands)

    def _begin(self) -> Context:
        """Remember what commands are about; returns the context that they are called in."""
        app = self._app
        self.close_all()
        self._subject = app.performer.subject(app.focused)
        return app.context

    def _offers(self, commands: tuple[Command, ...], context: Context) -> tuple[Offer, ...]:
        from deskterm.viewmodel.offers import offers

        has_ticket = self._subject is not None and self._subject.ref is not None
        return offers(commands, self._app.dispatcher.keymap, context, has_ticket=has_ticket)

    async def _open_command_line(self, text: str) -> CommandBar:
        from deskterm.ui.command_line import CommandBar
        from deskterm.viewmodel.choices import CHOICES
        from deskterm.viewmodel.command_line import CommandLine
        from deskterm.viewmodel.offers import offered

        app = self._app
        context = self._begin()
        if self._command is None:
            lists = {**CHOICES, "theme": [(name, "") for name in app.desk.themes.names]}
            model = CommandLine(app.dispatcher.keymap, app.desk.readers, lists)
            self._command = CommandBar(model, self._run)
            await self.add(self._command)
        subject = self._subject
        ticket_id = subject.ticket_id if subject is not None else None
        self._command.model.open(
            offered(self._commands, context),
            ticket_id=ticket_id,
            own=self._own_values(),
            likely=app.macros.likely_reason(ticket_id),
        )
        self._command.set_title(_about(len(subject.marked) if subject is not None else 0))
        self._command.begin(text)
        return self._command

    def _own_values(self) -> Mapping[str, Sequence[Choice]]:
        """What only the ticket has that a line is about."""
        from deskterm.viewmodel.moods import choices

        subject, desk = self._subject, self._app.desk
        view, row = desk.conversation.view, desk.tickets.current
        if subject is None or subject.marked:
            return {}
        for ticket in (view.ticket if view is not None else None, row):
            if ticket is not None and ticket.ticket_id == subject.ticket_id:
                return {"mood": choices(ticket)}
        return {}

    async def _search_bar(self) -> SearchBar:
        from deskterm.ui.search_line import SearchBar
        from deskterm.viewmodel.search import Search

        if self._search is None:
            desk = self._app.desk
            self._search = SearchBar(desk.tickets, Search(desk.readers))
            await self.add(self._search)
        return self._search

    async def add(self, chooser: Chooser) -> None:
        """Put a line over the panes, hidden at first."""
        self._app.load_styles("over.tcss")
        chooser.display = False
        await self._app.screen.mount(chooser)

    async def _take(self, command: Command) -> None:
        """A command chosen in palette or help."""
        widget = self._app.focused or self._app.panes.side_pane
        await self._app.performer.perform(command, widget)

    async def _take_named(self, command: Command) -> None:
        """A command chosen by its name: its key is told, for the next time. The end of a command
        of the office tells its key anyway.
        """
        app = self._app
        before, key = app.notices.words, app.dispatcher.keymap.key_of(command.id, app.context)
        await self._take(command)
        if command.place == "console" and key and app.is_running and app.notices.words == before:
            app.tell(say("{title} · {key}", title=say(command.title), key=clean(key)))

    async def _take_from_menu(self, command: Command) -> None:
        if self._taking is not None:
            await self._taking(command)

    async def _run(self, parsed: Parsed) -> None:
        app = self._app
        widget = app.focused or app.panes.side_pane
        await app.performer.run(parsed, widget, self._subject or app.performer.subject(widget))


def _about(count: int) -> SafeText:
    """The title of the `:` line: how many tickets a command is done to."""
    if not count:
        return say("Command line")
    return say_many(
        "{count} marked ticket · Enter does it", "{count} marked tickets · Enter does it", count
    )
