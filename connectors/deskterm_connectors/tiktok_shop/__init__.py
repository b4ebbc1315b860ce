"""TikTok Shop: the rules of its chat."""
