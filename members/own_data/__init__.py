"""Everything that is kept about a member, for taking along."""
