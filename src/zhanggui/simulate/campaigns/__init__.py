"""What the shop sends and hands to its people, and what that truly changes."""
