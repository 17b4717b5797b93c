"""Service times: the stopwatch at an indicator, and over every page while it runs."""
