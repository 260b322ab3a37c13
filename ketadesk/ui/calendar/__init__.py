"""The calendar: a day with chairs as columns, a week, and an agenda table on the same visits."""
