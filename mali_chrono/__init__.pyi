from mali_chrono.api import Chronology as Chronology
from mali_chrono.api import open as open  # noqa: A004 - it is called with the package's name before it
from mali_chrono.errors import ChronoError as ChronoError
from mali_chrono.errors import DataError as DataError
from mali_chrono.errors import UsageError as UsageError

__version__: str
