"""人 Who the buyers are: how they are worth, where they stand, whether they come back."""
