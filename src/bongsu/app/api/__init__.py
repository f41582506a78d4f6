"""What answers over the network, over the jobs: the only place that listens."""
