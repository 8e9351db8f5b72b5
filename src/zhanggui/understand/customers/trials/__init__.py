"""Trials on people: who was drawn into which group, and what each group bought."""
