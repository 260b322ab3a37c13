"""Bringing patients in from another system: preview, match with who is here, import."""
