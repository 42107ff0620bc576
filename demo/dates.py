"""How the dates of the outline move with the day on which the demo is loaded.

Everything shifts by whole weeks, so that a Thursday meeting stays on a Thursday, and only the day
moves, so that 15:00 in Nairobi stays 15:00 in Nairobi.
"""

import datetime
import re
from dataclasses import dataclass

from working_groups.rules import workplan_year_of

WEEK = 7
# Fifty-two weeks: a workplan’s meetings keep their weekdays from one year to another.
YEAR = 52 * WEEK

MONTHS = {
    "en": [
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ],
    "es": [
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ],
}
MONTH_AND_YEAR = {"en": "{month} {year}", "es": "{month} de {year}"}


@dataclass(frozen=True)
class Calendar:
    """Maps the days of the outline, written around ``reference``, to days around ``today``."""

    reference: datetime.date
    today: datetime.date

    def day(self, day: datetime.date) -> datetime.date:
        """Return where a day of the outline falls now.

        What was over on the reference day is over today, and what was to come is still to come:
        the past is rounded back to a whole week, the future forward.
        """
        days = (self.today - self.reference).days
        weeks = days // WEEK if day <= self.reference else -(-days // WEEK)
        return day + datetime.timedelta(weeks=weeks)

    def workplan_year(self, year: int) -> int:
        """Return the workplan year, July to June, that stands for this one of the outline."""
        return year + self._workplan_years()

    def workplan_day(self, day: datetime.date) -> datetime.date:
        """Return where a planned meeting falls in its shifted workplan year."""
        return day + datetime.timedelta(days=YEAR * self._workplan_years())

    def _workplan_years(self) -> int:
        return workplan_year_of(self.today) - workplan_year_of(self.reference)

    def words(self, text: str, day: datetime.date, language: str = "en") -> str:
        """Return the text with the month and year of ``day`` replaced by the shifted ones."""
        if language not in MONTHS:
            return text
        old, new = (month_and_year(each, language) for each in (day, self.day(day)))
        return re.sub(re.escape(old), new, text)


def month_and_year(day: datetime.date, language: str) -> str:
    """Return “October 2026” or “octubre de 2026”."""
    month = MONTHS[language][day.month - 1]
    return MONTH_AND_YEAR[language].format(month=month, year=day.year)
