"""What the team's pages say of a reading: numbers, ideas, passages, and how far the machine is."""
