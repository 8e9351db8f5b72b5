"""From the platforms' files to the ledger: reading, recognising, mapping, loading."""
