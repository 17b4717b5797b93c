"""How one side is answered: an editor for each kind of answer, all of one shape."""
