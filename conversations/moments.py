"""The question whose answer is a day with its hour: by two taps, or by one line such as "giovedì alle 15".

What is odd (a day of rest, an hour of the night) is asked back and never refused; what is past, or years
away, meets a hint. Refuses to know what happens then, and the clock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from conversations.answers import Json
from conversations.hearing import NotHeard, hear_date, hear_moment, hear_time
from conversations.phrases import say
from conversations.steps import NotUnderstood, Option, Step, StillOpen, Unreadable, View
from procedure.appointments import FARTHEST, LENGTH, write_hour, write_moment
from procedure.italian import write_date, write_date_short
from procedure.workdays import ONE_DAY, WorkCalendar

OFFERED_DAYS: Final = 6
OFFERED_HOURS: Final = tuple(time(hour) for hour in (9, 10, 11, 12, 14, 15, 16, 17, 18))
EARLIEST, LATEST = time(7), time(21)
"""Hours at which somebody may be visited; another is asked back."""

_OTHER_DAY: Final = "+"
ALL_THE_SAME: Final = "ok"


@dataclass(frozen=True, slots=True)
class Taken:
    """An hour that is given to somebody already."""

    starts_at: datetime
    company: str


@dataclass(frozen=True)
class Moment(Step[datetime]):
    """A day and hour to come, as naive local time.

    Args:
        now: local time, naive.
        calendar: the days that are worked.
        taken: the other appointments of the same person: one that overlaps is named in the recap.
    """

    key: str
    prompt: str
    now: datetime
    calendar: WorkCalendar
    taken: Sequence[Taken] = ()
    title: str = ""

    def view(self, saved: Json) -> View:
        """The days; of a day, its hours; what was heard twice; the doubt about what was heard."""
        match saved:
            case {"candidates": [*moments]}:
                options = tuple(Option(str(m), write_moment(datetime.fromisoformat(str(m)))) for m in moments)
                return View(say("hint.which_moment"), options)
            case {"days": [*days]}:
                options = tuple(Option(str(d), write_date(date.fromisoformat(str(d)))) for d in days)
                return View(say("hint.which_day"), options)
            case {"doubt": str(moment)}:
                return self._doubtful(datetime.fromisoformat(moment))
            case {"day": str(day)}:
                return self._hours_of(date.fromisoformat(day))
        offered = tuple(Option(day.isoformat(), self._called(day)) for day in self._days())
        return View(f"{self.prompt}\n{say('hint.or_write_moment')}", offered)

    def read(self, saved: Json) -> datetime:
        """The moment, if it is still to come."""
        if isinstance(saved, dict):
            raise StillOpen
        try:
            moment = datetime.fromisoformat(str(saved))
        except ValueError:
            raise Unreadable from None
        if not self._fits(moment):
            raise Unreadable
        return moment

    def tap(self, option: str, saved: Json) -> Json:
        """A day; an hour of it; one of several moments; yes to a doubt, or another day."""
        match saved:
            case {"doubt": str(moment)} if option == ALL_THE_SAME:
                return moment
            case {"doubt": _} | {"day": _} if option == _OTHER_DAY:
                return {"choosing": True}
        try:
            return self._of_day(date.fromisoformat(option)) if len(option) == 10 else self._of_hour(option)
        except ValueError:
            raise NotUnderstood(say("hint.moment")) from None

    def hear(self, text: str, saved: Json) -> Json:
        """A day and hour, a day alone (its hour is asked then), or the hour of the day chosen before."""
        match saved:
            case {"day": str(day)}:
                try:
                    times = hear_time(text).candidates
                except NotHeard:
                    return self._heard(text)
                return self._one_of([datetime.combine(date.fromisoformat(day), each) for each in times])
        return self._heard(text)

    def told(self, value: datetime) -> str:
        """The moment in full, and whom else it belongs to."""
        also = [one for one in self.taken if abs(one.starts_at - value) < LENGTH]
        if not also:
            return write_moment(value)
        others = ", ".join(f"{one.company}, {write_hour(one.starts_at)}" for one in also)
        return say("hint.overlaps", moment=write_moment(value), others=others)

    def _heard(self, text: str) -> Json:
        try:
            return self._one_of(hear_moment(text, self.now.date(), prefer="future").candidates)
        except NotHeard as not_heard:
            if not_heard.reason != "time_missing":
                raise NotUnderstood(say("hint.moment")) from None
        days = hear_date(text, self.now.date(), prefer="future").candidates
        fitting = [day for day in days if day >= self.now.date()] or [days[0]]
        return {"days": [d.isoformat() for d in fitting]} if len(fitting) > 1 else self._of_day(fitting[0])

    def _one_of(self, moments: Sequence[datetime]) -> Json:
        """The only one that can be meant; or all that can, to be asked."""
        fitting = [moment for moment in moments if self._fits(moment)] or [moments[0]]
        usual = [moment for moment in fitting if _is_usual(moment.time())] or fitting[:1]
        if len(usual) > 1:
            return {"candidates": [_written(moment) for moment in usual]}
        return self._allowed(usual[0])

    def _of_day(self, day: date) -> Json:
        if day < self.now.date():
            first = write_date(self.now.date())
            raise NotUnderstood(say("hint.in_the_past", day=write_date(day), first=first))
        self._near_enough(day)
        return {"day": day.isoformat()}

    def _of_hour(self, option: str) -> Json:
        return self._allowed(datetime.fromisoformat(option))

    def _allowed(self, moment: datetime) -> Json:
        if moment <= self.now:
            raise NotUnderstood(say("hint.moment_past", moment=write_moment(moment)))
        self._near_enough(moment.date())
        odd = not self.calendar.is_working(moment.date()) or not _is_usual(moment.time())
        return {"doubt": _written(moment)} if odd else _written(moment)

    def _near_enough(self, day: date) -> None:
        if day - self.now.date() > FARTHEST:
            raise NotUnderstood(say("hint.moment_far", day=write_date(day)))

    def _fits(self, moment: datetime) -> bool:
        return self.now < moment and moment.date() - self.now.date() <= FARTHEST

    def _days(self) -> Iterable[date]:
        """Today, as long as an hour of it is left, and the next days that are worked."""
        day = self.now.date()
        if self.calendar.is_working(day) and any(self._hours_left(day)):
            yield day
        for _ in range(OFFERED_DAYS):
            day = self.calendar.add(day, 1)
            yield day

    def _called(self, day: date) -> str:
        short = write_date_short(day, self.now.date())
        if day == self.now.date():
            return say("hint.day_called", word=say("button.today"), day=short)
        tomorrow = day == self.now.date() + ONE_DAY
        return say("hint.day_called", word=say("button.tomorrow"), day=short) if tomorrow else short

    def _hours_of(self, day: date) -> View:
        hours = (Option(_written(moment), write_hour(moment)) for moment in self._hours_left(day))
        other = Option(_OTHER_DAY, say("button.other_day"))
        return View(say("hint.which_hour", day=write_date(day)), (*hours, other))

    def _hours_left(self, day: date) -> Iterable[datetime]:
        moments = (datetime.combine(day, hour) for hour in OFFERED_HOURS)
        return (moment for moment in moments if moment > self.now)

    def _doubtful(self, moment: datetime) -> View:
        rest = self.calendar.why_not(moment.date())
        why = say("hint.at_rest", why=rest) if rest else say("hint.odd_hour")
        yes = Option(ALL_THE_SAME, say("button.all_the_same"))
        other = Option(_OTHER_DAY, say("button.other_day"))
        return View(say("hint.doubtful", moment=write_moment(moment), why=why), (yes, other))


def _is_usual(hour: time) -> bool:
    return EARLIEST <= hour <= LATEST


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
