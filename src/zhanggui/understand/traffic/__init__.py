"""Scene 场: from the click to the order, and what it was worth."""
