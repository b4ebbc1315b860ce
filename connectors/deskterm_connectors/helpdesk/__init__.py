"""Rules of help desks."""
