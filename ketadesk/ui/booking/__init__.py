"""Booking: the one form that books, and the small dialogs that ask for a reason."""
