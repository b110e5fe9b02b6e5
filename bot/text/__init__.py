"""Vietnamese text: the one door to its letters, its doubtful spellings, its dates and its numbers."""

from bot.text.letters import clean, clean_line, fold, given_name, name_key, vi_key

__all__ = ["clean", "clean_line", "fold", "given_name", "name_key", "vi_key"]
