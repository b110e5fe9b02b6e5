"""What it costs to recognise a sentence: to read what was learnt, once, and then each sentence, beside folding it."""

from datetime import date
from pathlib import Path
from statistics import median
from time import process_time

from bot.language import Terms, facts_in, fold, phrasebook
from bot.language.phrasebook import PHRASES, rows

SENTENCES = Path(__file__).parents[1] / "tests/phrases/unseen_one.tsv"
TODAY = date(2027, 10, 18)


def report() -> None:
    """Print the seconds of reading what was learnt and the milliseconds of a sentence, half of them and the slowest."""
    began = process_time()
    book = phrasebook(Terms())
    learnt = process_time() - began
    said = [line.split("\t")[1] for line in SENTENCES.read_text(encoding="utf-8").splitlines() if line.strip()]
    took, folding = list[float](), list[float]()
    for sentence in said:
        began = process_time()
        book.meant(sentence, facts_in(sentence, TODAY, (), ()))
        took.append(process_time() - began)
        began = process_time()
        fold(sentence)
        folding.append(process_time() - began)
    n = len(rows(PHRASES))
    print(
        f"\nRecognising {len(said)} sentences among {n} examples: read once in {learnt:.2f} s of processor; a sentence"
    )
    print(
        f"{median(took) * 1e3:.2f} ms, the slowest {max(took) * 1e3:.2f} ms ({sum(took) / sum(folding):.0f} times folding it)."
    )
