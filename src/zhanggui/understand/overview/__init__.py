"""经营 Overview: what moved, where, and what to look at; and the page behind every figure."""
