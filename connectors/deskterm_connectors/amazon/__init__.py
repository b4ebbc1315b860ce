"""Amazon: its rules for messages. The connector is not there yet."""
