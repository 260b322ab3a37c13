"""Everything that was done, in plain words, and the way back from it."""
