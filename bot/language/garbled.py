"""Text that was typed without marks or in an old encoding: asked about, never kept as it is. Pure."""

import re

_SYLLABLE = re.compile(
    r"(?:ngh(?=[ie])|ng(?![ie])|gh(?=[ie])|gi|qu|[ckptn]h|tr|c(?![iey])|k(?=[iey])|[bdghlmnprstvx])?"
    r"(?:ieu|yeu|uoi|uou|oai|oay|oao|oeo|uay|uya|uye|uyu"
    r"|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye|[aeiouy])"
    r"(?:ch|ng|nh|[cmnpt])?"
)
# One that is never written without a mark: a stop at its end, or the vowels of iê, ươ, êu, ênh.
_NEEDS_MARK = re.compile(r".*[aeiouy](?:ch?|p|t)|(?!qu).*u[oue][a-z]*|.*(?:[iy]e|eu|enh)[a-z]*")
_FEW, _LONG, _MANY = 3, 5, 6
"""Syllables: from the last number on a title in which none has a mark has lost them all."""


def looks_unmarked(text: str) -> bool:
    """Whether this is Vietnamese typed without marks, which would be printed so; brands are not."""
    words = re.findall(r"[^\W\d_]+", text)
    if not all(word.isascii() for word in words):
        return False
    if any(not word.isupper() for word in words):
        words = [word for word in words if not word.isupper()]
    syllables = [word.lower() for word in words if _SYLLABLE.fullmatch(word.lower())]
    proofs = sum(_NEEDS_MARK.fullmatch(word) is not None for word in syllables)
    return (
        len(syllables) >= _FEW
        and len(syllables) * 5 >= len(words) * 3
        and (proofs >= (1 if len(syllables) >= _LONG else 2) or _lost(syllables, words))
    )


def _lost(syllables: list[str], words: list[str]) -> bool:
    """Whether so many syllables stand there, and so little else, that one of them would have a mark."""
    return len(syllables) >= _MANY and len(syllables) * 5 >= len(words) * 4


# What no Vietnamese word has: TCVN3 shows as signs and capitals within a word, VNI as a vowel
# that is followed by a second, marked one.
_SIGNS = "¡-©ª«¬\xad®µμ¶·¸¹»¼½¾×÷ßÐÞþð"
_GARBAGE = re.compile(
    rf"[a-zà-þ][{_SIGNS}][a-zà-þ{_SIGNS}]|^[®\xad][A-Za-zÀ-þ{_SIGNS}]"
    r"|[a-zà-þ][µ¶·¸¹¨©ª«¬\xad]$|[a-z][À-ÖØ-Þ][a-zà-þ]|[a-z][À-ÖØ-Þ]$"
    r"|^[B-DGHK-NP-TVX][À-ÖØ-Þ][a-z]"
    r"|[aA][âáàåãäêéèúüëùøûõïÂÁÀÅÃÄÊÉÈÚÜËÙØÛÕÏ]|[eE][âáàåãäùøûõïÂÁÀÅÃÄÙØÛÕÏ]"
    r"|[oO][âåäùøûõïÂÅÄÙØÛÕÏ]|[uUyY][ùøûõïÙØÛÕÏ]|[ôöÔÖ][ùøûõïÙØÛÕÏ]"
    r"|^[ñÑ][aeiouyôöAEIOUYÔÖ]|[öÖ](?:[nmcptuiaNMCPTUIA]|$)"
)
_SIGN_INSIDE = re.compile(r"[a-zà-þ][¨©ª«¬®µ¶·¸¹»¼½¾][a-zà-þ]")
_OURS = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")


def looks_legacy(text: str) -> bool:
    """Whether a line is in TCVN3 or VNI («Uû ban nh©n d©n», «BOÄ GIAO THOÂNG»): nobody can read it.

    One odd word among others is a foreign name or a sign: «Citroën», «Windows®».
    """
    return not text.isascii() and any(_legacy(line) for line in text.split("\n"))


def _legacy(line: str) -> bool:
    words = [word.strip("“”\"'().,:;!?") for word in line.split()]
    words = [word for word in words if any(letter.isalpha() for letter in word)]
    ours = sum(_OURS.search(word) is not None for word in words)
    odd = sum(_GARBAGE.search(word) is not None for word in words if not _OURS.search(word))
    if odd > ours and odd * 4 >= len(words) and (odd > 2 or (odd > 1 and len(words) > _FEW)):
        return True
    return _SIGN_INSIDE.search(line) is not None and not ours and len(words) < _LONG
