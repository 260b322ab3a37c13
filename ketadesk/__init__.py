"""KetaDesk: the desk of a small ketamine-infusion clinic."""

__version__ = "0.1.0"
