"""Shopify shops: the rules of their messages."""
