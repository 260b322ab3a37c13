"""Patients: find, add, edit, and everything that belongs to one of them."""
