"""巡店 What a manager looks for on the round of the stores each morning: each finding with its money and its rows."""
