"""Meetings: announced, registered for, drawn by lot, attended."""
