"""The export files of platforms and of the shop's own systems, as they stand at one moment."""
