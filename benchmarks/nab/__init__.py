"""The Numenta anomaly benchmark: its rules of scoring, its reference detector, and the series that lie beside us."""
