"""The simulated world measured beside real data, the same way on both sides; `make realism` writes the page."""
