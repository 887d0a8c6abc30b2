"""What every action needs to know beside the transaction and the time: the campaign, fixed at start.

Refuses to know persons, companies and anything else that is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from actions.deliver import Minting
from procedure.campaign import Campaign
from procedure.workdays import NOWHERE, WorkCalendar


@dataclass(frozen=True, slots=True)
class Office:
    """The association as the service runs: campaign, calendars of the sites, how its mails are signed."""

    campaign: Campaign
    calendars: Mapping[str, WorkCalendar]
    minting: Minting

    def calendar(self, site: str) -> WorkCalendar:
        """The working days of a sede; all terms of a company count on its own (A5c).

        Raises:
            KeyError: the campaign has no such sede.
        """
        return self.calendars[site]

    def days_of(self, site: str | None) -> WorkCalendar:
        """The working days of a person of this sede; the nation's and the closures, where they have none."""
        return self.calendars.get(site or NOWHERE) or self.calendars[NOWHERE]
