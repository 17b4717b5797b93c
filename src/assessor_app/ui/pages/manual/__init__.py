"""The manual inside of the window: the page that fits where one is."""
