"""Audiences: who fulfils a condition; counted while it is written, kept, brought up to date, taken away as a file."""
