"""Turns a question over metric definitions into scans of the ledger, and their results into cells."""
