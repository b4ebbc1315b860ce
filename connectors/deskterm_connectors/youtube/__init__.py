"""Rules of YouTube comments."""
