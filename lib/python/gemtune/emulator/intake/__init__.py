"""What every request passes, whomever it is for: its connection, body, journal and faults."""
