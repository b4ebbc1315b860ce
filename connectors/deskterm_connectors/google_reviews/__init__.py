"""Rules of Google reviews."""
