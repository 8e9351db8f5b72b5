"""财务 Finance: profit and loss, cash, fees, advertising and creators, all over the same ledger as every other room."""
