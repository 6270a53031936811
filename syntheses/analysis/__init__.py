"""Reading what was said: texts in, structures out. Pure: no Django, no clock, no chance (docs/analysis.md)."""
