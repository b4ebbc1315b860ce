"""The rule pack of the marketplace behind a mail relay."""
