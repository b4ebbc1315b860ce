"""Folders, settings, secrets and the log of a workspace."""
