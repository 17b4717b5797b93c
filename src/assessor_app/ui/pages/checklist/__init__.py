"""The checklist: outline, the indicator with its two sides, and the score, in one page."""
