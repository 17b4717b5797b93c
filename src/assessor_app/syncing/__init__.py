"""How a visit travels from one device to another: the sealed file and what it says of itself."""
