"""The backend through which every mail goes."""
