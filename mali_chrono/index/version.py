"""The version of the index's tables: raised with any change of them, so that an index of old is made anew."""

from mali_chrono import __version__

VERSION = "29"
# What an index is made by: only the same chrono reads it.
MADE_BY = f"{__version__}/{VERSION}"
