"""数据 Data: files and what became of their rows, rows kept apart, and work in the background."""
