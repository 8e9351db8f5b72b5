"""Goods 货: what to push, mend, bundle, order and clear."""
