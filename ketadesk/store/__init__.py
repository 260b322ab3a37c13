"""Where it lies: the clinic file. The only room that speaks SQL."""
