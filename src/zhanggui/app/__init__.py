"""HTTP: the workbench server, its routes and what guards them. No analysis."""
