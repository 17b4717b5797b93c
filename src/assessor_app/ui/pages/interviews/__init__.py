"""Interviews: officers and users one after another, every question of a role on one sheet."""
