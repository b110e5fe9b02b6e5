"""Telegram, through python-telegram-bot as transport and types."""

import os

# Spans come as timedelta; without this every 429 is a warning of the library.
os.environ.setdefault("PTB_TIMEDELTA", "true")
