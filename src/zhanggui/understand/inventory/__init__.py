"""Stock 库存: what lies there, whether it is healthy, where it should lie, what to clear."""
