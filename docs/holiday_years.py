"""Write down the public holidays of the coming years as the library has them: bot/plans/holidays-vn-years.csv."""

from bot.movement.holidays import vietnam
from bot.server.office import HOLIDAYS

YEARS = range(2020, 2051)
"""As far as the lunar new year is known to `bot.language.lunar`, and the years that may be taken over from paper."""


def draw() -> None:
    """Write the file."""
    lines = ("day;name", *(f"{day};{name}" for day, name in sorted(vietnam(YEARS).items())))
    HOLIDAYS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    draw()
