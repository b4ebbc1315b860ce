"""Fnac and Darty: the rules of their messages, on top of those of Mirakl."""
