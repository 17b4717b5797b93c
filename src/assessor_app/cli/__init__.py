"""Commands over the services: the second front end, free of Qt."""
