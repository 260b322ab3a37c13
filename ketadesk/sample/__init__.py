"""An invented clinic around a day: people, courses and years of visits, written as people write."""
