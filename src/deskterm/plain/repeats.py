"""What is typed again and again, read out and made into macros."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from deskterm.domain.errors import DesktermError, UsageError
from deskterm.i18n import heard, say, say_many
from deskterm.plain.desk import PlainDesk
from deskterm.plain.pages import Block
from deskterm.plain.talk import Talk
from deskterm.service.reading.repeat_rows import RepeatView
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.pasted import one_line
from deskterm.viewmodel.ports import Result
from deskterm.viewmodel.repeats import times
from deskterm.viewmodel.words import error_words

#: Seconds that an answer of the office is waited for.
_ANSWER_S: Final = 6.0
_NEVER: Final = "never"


class Repeats:
    """Reads sentences out, and has macros made of them.

    Args:
        desk: the models.
        talk: the person.
    """

    def __init__(self, desk: PlainDesk, talk: Talk) -> None:
        self._desk = desk
        self._talk = talk
        #: What the numbers mean that were read out.
        self._numbers: tuple[RepeatView, ...] = ()

    def do(self, rest: str = "") -> None:
        """`typed` reads them out, `typed 2` makes a macro, `typed 2 never` is the end of it.

        Raises:
            UsageError: there is no such number.
        """
        words = rest.split()
        if not words:
            self._read_out()
            return
        one = self._meant(words[0])
        if words[1:] == [_NEVER]:
            done = say("You will not be told of it again. 'undo' undoes.")
            self._send("macro.never", {"sentence": one.uid}, lambda _: done)
        elif words[1:]:
            raise UsageError(say("Type 'typed', a number, and nothing or 'never'"))
        else:
            self._make(one)

    def _read_out(self) -> None:
        found = self._talk.read(
            self._desk.readers, "repeats", lambda reading: reading.typed_again()
        )
        self._numbers = found
        if not found:
            self._talk.more = None
            self._talk.tell(say("Nothing was typed three times yet"))
            return
        head = say_many(
            "{count} sentence. 'typed NUMBER' makes a macro, 'typed NUMBER never' ends it.",
            "{count} sentences. 'typed NUMBER' makes a macro, 'typed NUMBER never' ends it.",
            len(found),
        )
        self._talk.tell_pages([(head,), *_blocks(found)])

    def _meant(self, word: str) -> RepeatView:
        number = int(word) if word.isdecimal() and len(word) < 10 else 0
        if not 1 <= number <= len(self._numbers):
            raise UsageError(
                say("There is no number {number} here", number=clean(word[:9], multiline=False)),
                "",
                say("Type 'typed' for what there is"),
            )
        return self._numbers[number - 1]

    def _make(self, one: RepeatView) -> None:
        self._talk.tell(one.text)
        asked = say("Its title (an empty line takes “{title}”):", title=one.title)
        title = one_line(self._talk.ask(asked)).strip() or str(one.title)
        self._send("macro.make", {"sentence": one.uid, "title": title}, _made)

    def _send(
        self, command: str, params: dict[str, object], words: Callable[[Result], SafeText]
    ) -> None:
        answers: list[SafeText] = []

        def failed(error: DesktermError) -> None:
            answers.append(error_words(error))

        self._desk.office.send(command, params, lambda got: answers.append(words(got)), failed)
        self._talk.loop.until(lambda: bool(answers), _ANSWER_S)
        waits = say("The office has not answered yet. It is done as soon as it does.")
        self._talk.tell(*(answers or (waits,)))


def _made(result: Result) -> SafeText:
    title = clean(str(result.get("title", "")), multiline=False)
    name = clean(str(result.get("macro", "")), multiline=False)
    words = say(
        "“{title}” is a macro now: 'macro {name}'. 'undo' takes it away.", title=title, name=name
    )
    problems = result.get("problems")
    if isinstance(problems, list) and problems:
        words = clean(f"{words} {heard(str(problems[0]))}", multiline=False)
    return words


def _blocks(found: tuple[RepeatView, ...]) -> Iterator[Block]:
    for number, one in enumerate(found, start=1):
        yield (
            say(
                "{number}. {times}: {text}",
                number=number,
                times=times(one),
                text=clean(" ".join(one.text.split()), multiline=False),
            ),
        )
