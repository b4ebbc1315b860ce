"""Rules of Telegram."""
