"""Mathematics without commerce: arrays in, named results out; no clock, no settings, no tables."""
