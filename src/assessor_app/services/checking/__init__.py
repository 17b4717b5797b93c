"""Checking the store: is everything in it what was recorded?"""
