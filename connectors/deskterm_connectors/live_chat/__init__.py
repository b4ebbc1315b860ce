"""Rules of live chats."""
