"""Who is listed for whom: the directory of members, their pages, and the map."""
