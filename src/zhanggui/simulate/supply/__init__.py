"""Warehouses: what lies there, what orders take and returns bring, and what is bought again."""
