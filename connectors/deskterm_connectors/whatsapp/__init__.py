"""Rules of WhatsApp."""
