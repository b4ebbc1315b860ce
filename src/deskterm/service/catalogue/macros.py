"""Macros: what may answer a ticket, and putting it into the reply."""

from __future__ import annotations

from deskterm.service.command import Command, Parameter, on_screen

#: By these the macros that are suggested are used, from the first on.
DIGITS = ("1", "2", "3", "4", "5", "6", "7", "8", "9")

COMMANDS = (
    Command(
        "macro.use_suggested",
        "Use the suggested macro",
        "Fills in the macro that the digit names and goes straight to the review line. A text that "
        "you have begun stays: the macro goes in where the cursor is.",
        parameters=(Parameter("number", "Number", "number"),),
        keys=DIGITS,
        place="console",
    ),
    Command(
        "macro.pick",
        "Macro…",
        "Every macro by name and text, those that fit first, with the values of this ticket.",
        parameters=(Parameter("macro", "Macro"),),
        keys=("m",),
        place="console",
        footer=35,
    ),
    on_screen(
        "composer.macro",
        "Insert a macro",
        "composer",
        "ctrl+o",
        help_text="Puts a macro in where the cursor is.",
        footer=45,
    ),
    on_screen(
        "composer.gap",
        "What is missing",
        "composer",
        "ctrl+g",
        help_text="Goes to the next place without a value, and says where it would come from.",
    ),
    on_screen("macro.down", "Down", "suggestions", "j", "down"),
    on_screen("macro.up", "Up", "suggestions", "k", "up"),
    on_screen("macro.use", "Use it", "suggestions", "enter", "l", "right", footer=10),
    on_screen(
        "macro.why",
        "Why these",
        "suggestions",
        "w",
        help_text="What speaks for each of them, and the whole sum of the one under the cursor.",
        footer=20,
    ),
    on_screen(
        "macro.reject",
        "Not fitting",
        "suggestions",
        "d",
        help_text="It is not suggested for this ticket any more, and seldomer for others like it.",
        footer=30,
    ),
    Command(
        "macro.reject_first",
        "The first suggestion does not fit",
        "It is not suggested for this ticket any more, and seldomer for others like it.",
        keys=("X",),
        place="console",
    ),
    Command(
        "macro.dismiss",
        "Suggestion does not fit",
        "The macro is not suggested for the ticket any more, and seldomer for messages like that.",
        parameters=(Parameter("macro", "Macro", "id", required=True),),
    ),
    Command(
        "macro.typed",
        "Typed again and again",
        "Sentences that were typed often: Enter makes one of them a macro, with variables in place "
        "of what was different each time.",
        scope="app",
        keys=("Q",),
        place="console",
    ),
    Command(
        "macro.make",
        "Make it a macro",
        "A sentence that was typed again and again becomes a macro in a file of the shop.",
        scope="app",
        parameters=(
            Parameter("sentence", "Sentence", "id", required=True),
            Parameter("title", "Title"),
        ),
    ),
    Command(
        "macro.never",
        "Not worth a macro",
        "Nobody is told of the sentence any more.",
        scope="app",
        parameters=(Parameter("sentence", "Sentence", "id", required=True),),
    ),
    on_screen("macro.leave", "Back", "suggestions", "h", "left", footer=5),
)
