"""The ministry steers an exercise: its calendar, its launch, what changes afterwards."""
