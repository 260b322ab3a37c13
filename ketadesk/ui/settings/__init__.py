"""Settings: what the clinic owns, and how this computer shows it."""
