"""Those who wait for a place: the list, the form that adds to it, and who fits a place."""
