"""What several pages are made of and that needs more than a widget may know."""
