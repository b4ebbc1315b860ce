"""Rules of Facebook Messenger."""
