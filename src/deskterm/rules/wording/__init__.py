"""Phrases in five languages: what a text speaks of, by topic. Data in `topics/`, read lazily."""
