"""Rules of TikTok comments and business messages."""
