"""From recognised files to exact ledger rows: type, class, merge, project, report."""
