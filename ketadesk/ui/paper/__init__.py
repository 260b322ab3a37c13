"""Sheets: what patients and escorts take home, seen before it is printed or saved."""
