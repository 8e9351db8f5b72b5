"""What is planted in the world: faults, worked examples and experiments, all known to the day and to the fen."""
