"""The list of visits, and loading the sample round."""
