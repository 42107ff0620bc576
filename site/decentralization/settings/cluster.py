"""What is wrong with the settings of the Elasticsearch cluster, before anything is sent there."""

from pathlib import Path
from urllib.parse import urlsplit

OWN_MACHINE = {"localhost", "127.0.0.1", "::1"}


def cluster_fault(url: str, api_key: str, ca_certs: str) -> str:
    """Return in words why the site must not start with these settings, or nothing."""
    if not url:
        return _left_over(api_key, ca_certs)
    try:
        address = urlsplit(url)
        port_is_right = address.port is None or address.port > 0
    except ValueError:
        return "ELASTICSEARCH_URL is not an address."
    if address.scheme not in {"http", "https"} or not address.hostname or not port_is_right:
        return "ELASTICSEARCH_URL has to begin with https:// and to name a host."
    has_secret = bool(api_key or address.password)
    if has_secret and address.scheme == "http" and address.hostname not in OWN_MACHINE:
        return "The key of the cluster would travel in the clear: ELASTICSEARCH_URL needs https://."
    if ca_certs and not Path(ca_certs).is_file():
        return f"ELASTICSEARCH_CA_CERTS is no file: {ca_certs}"
    return ""


def _left_over(api_key: str, ca_certs: str) -> str:
    if api_key or ca_certs:
        return "ELASTICSEARCH_API_KEY and _CA_CERTS need ELASTICSEARCH_URL, which is not set."
    return ""
