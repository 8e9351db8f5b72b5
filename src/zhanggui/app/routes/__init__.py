"""One file per group of routes; each asks a room below and answers."""
