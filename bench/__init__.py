"""Measurements of the service beside what others would have used. Nothing here is imported by the service."""
