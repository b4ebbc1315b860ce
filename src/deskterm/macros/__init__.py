"""Macros: named texts with fields, what fills them, and which of them may answer a message."""
