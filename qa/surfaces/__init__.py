"""The surfaces: each translates questions in and answers out, and adds nothing of its own."""
