"""Plain data and pure functions. Imports the standard library and nothing of ours."""
