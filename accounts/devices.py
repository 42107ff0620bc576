"""What somebody reads the site with, told from what the browser says of itself."""

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def browser(user_agent: str) -> str:
    """Return the name of the browser, or nothing for one we do not know."""
    return _first_named(BROWSERS, user_agent)


def system(user_agent: str) -> str:
    """Return the name of the device or its system, or nothing for one we do not know."""
    return _first_named(SYSTEMS, user_agent)


def _first_named(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    """Return the first that fits: many browsers also name those they want to be taken for."""
    return next((name for sign, name in names if sign in user_agent), "")
