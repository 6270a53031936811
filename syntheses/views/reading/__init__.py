"""« Ce qui a été dit » : pages of the prefecture's team about how everything was read."""
