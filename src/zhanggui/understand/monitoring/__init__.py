"""Faults noticed on their first day: rules, alerts, and who is told."""
