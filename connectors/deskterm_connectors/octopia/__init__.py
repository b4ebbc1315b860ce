"""Cdiscount and other shops of Octopia: the rules of their messages."""
