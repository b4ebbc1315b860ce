"""PrestaShop shops: the rules of their messages."""
