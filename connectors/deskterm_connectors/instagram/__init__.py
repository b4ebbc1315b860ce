"""Rules of Instagram."""
