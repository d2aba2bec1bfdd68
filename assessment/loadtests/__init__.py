"""Results of load tests in: points of load and throughput, read from what the tools write."""
