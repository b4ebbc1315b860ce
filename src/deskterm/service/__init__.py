"""Use cases and the command table. Everything an agent can do passes through here."""
