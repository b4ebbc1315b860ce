"""Mirakl marketplaces: the rules of their messages."""
