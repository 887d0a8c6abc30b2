"""Listening to Italian: a closed grammar of dates, hours and number words that refuses rather than guesses.

What can be read in two ways comes back with both readings, to be asked. Knows no clock and no dialogue.
"""

from conversations.hearing.dates import Direction, hear_date
from conversations.hearing.heard import Heard, NotHeard
from conversations.hearing.hours import hear_moment, hear_time
from conversations.hearing.periods import Period, hear_period

__all__ = ["Direction", "Heard", "NotHeard", "Period", "hear_date", "hear_moment", "hear_period", "hear_time"]
