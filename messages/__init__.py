"""The catalogues: finds the messages in the source, and keeps `.pot`, `.po` and `.mo` in step."""
