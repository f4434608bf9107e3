"""Answers for other programs: a module a format, each from the json rows of events (`write`), read by nobody's eyes."""
