"""Learn the examples of sentences and write down what they teach, locales/vi/learnt.json, where any of them has changed."""

from bot.language.learning import stamp_of
from bot.language.phrasebook import LEARNT, stamp, taught


def draw() -> None:
    """Write it where it is of other examples."""
    if not LEARNT.exists() or stamp_of(LEARNT.read_text(encoding="utf-8")) != stamp():
        LEARNT.write_text(taught(), encoding="utf-8")


if __name__ == "__main__":
    draw()
