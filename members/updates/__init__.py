"""Updates by mail: what is new for whom, told at once or in a digest, never twice."""
