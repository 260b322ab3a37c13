"""What they see: the only room that knows PySide6."""
