"""A support desk in the terminal for shops that sell on many channels."""

__version__ = "0.1.0.dev0"
