"""The library and its knowledge products."""

from .resource_page import LibraryPage, ResourceFile, ResourcePage

__all__ = ["LibraryPage", "ResourceFile", "ResourcePage"]
