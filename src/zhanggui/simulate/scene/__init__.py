"""Scene 场: how people come, what they see on the way, and what the platforms say about it."""
