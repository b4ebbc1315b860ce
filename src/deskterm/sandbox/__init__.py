"""The simulated shop: a world of customers, orders and conversations, and servers that show it."""
