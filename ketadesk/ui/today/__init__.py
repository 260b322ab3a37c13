"""Today: each chair, who arrives, who is picked up, which sheets wait."""
