"""Measurements with a bound each; `make bench` runs them."""
