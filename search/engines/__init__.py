"""Two engines that answer the same questions: the cluster, and the database where it is silent."""
