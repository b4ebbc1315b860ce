"""Mail: reading it into text, tying it together, and carrying it in and out."""
