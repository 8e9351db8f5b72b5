"""What people say and ask after buying, how the shop answers, and what membership brings them."""
