"""The side panel and the latency panel."""
