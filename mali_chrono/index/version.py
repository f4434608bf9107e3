"""The version of the index's tables: raised with any change of them, so that an index of old is made anew."""

VERSION = "28"
