"""The sample round that the product ships: real published figures, drawn photographs, CONTOH."""
