"""What is true: dataclasses and pure rules. Standard library only; no clock, no file, no screen."""
