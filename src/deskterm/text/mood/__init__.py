"""What a customer's message sounds like: its tone, whether it presses, and what it risks.

Rules, and no model: lists of words and phrases (a file per language beside this one), capitals and
exclamation marks. Whatever is said of a message comes with the customer's own words as the reason.
"""

from deskterm.text.mood.phrases import Phrases
from deskterm.text.mood.reader import Mood, Said, mood_of

__all__ = ["Mood", "Phrases", "Said", "mood_of"]
