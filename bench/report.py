"""What the bench found, as a page."""

import os
import platform
import sqlite3
from dataclasses import dataclass
from importlib.metadata import version
from statistics import median


@dataclass(frozen=True)
class Run:
    contender: str
    people: int
    per_second: float
    p50_ms: float
    p99_ms: float
    cpu_ms: float
    rss_mb: float
    start_s: float

    def __str__(self) -> str:
        return (
            f"{self.people:4} people  {self.per_second:7.0f}/s  p50 {self.p50_ms:6.1f}  p99 {self.p99_ms:6.1f} ms  "
            f"cpu {self.cpu_ms:5.2f} ms  {self.rss_mb:5.0f} MB  start {self.start_s:4.2f} s  {self.contender}"
        )
