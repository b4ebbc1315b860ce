"""The commands, one module for each area."""
