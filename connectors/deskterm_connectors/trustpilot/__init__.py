"""Rules of Trustpilot."""
