"""What the shop knows, exactly: schema, engine, privacy, jobs and checks."""
