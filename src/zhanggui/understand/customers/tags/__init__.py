"""Tags: interests and preferences of people, by rules that anyone can read, with what speaks for each."""
