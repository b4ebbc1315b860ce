"""Pictures that strangers sent, made fit for a terminal: decoded in a process of its own."""
