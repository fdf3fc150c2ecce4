"""Numbers from counts: measures, tests, intervals."""
