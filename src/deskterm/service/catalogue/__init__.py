"""The commands, described: one module for each area. Data only, so that reading it costs little."""
