"""What the shop decides and does: membership."""
