"""The small parts of the window: one look each, no data and no logic of the clinic."""
