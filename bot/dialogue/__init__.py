"""The pure form engine. Law: no I/O, no clock, no channel in this room."""

from bot.dialogue import asides, engine
from bot.dialogue.asides import Aside, aside
from bot.dialogue.authors import Authors
from bot.dialogue.fields import Attached, Day, Expected, Files, Line, Money, Number, OneOf, Paragraph, say_period
from bot.dialogue.form import Field, Form, Page, Reading, Reason, Unclear, Value, Wrong
from bot.dialogue.noise import tells
from bot.dialogue.refitting import ANEW
from bot.dialogue.sheet import asked_of, visible
from bot.dialogue.spans import Days, say_days, span_of
from bot.dialogue.turn import (
    Answer,
    Answers,
    Button,
    Choice,
    Draft,
    End,
    Facts,
    Said,
    Say,
    Scene,
    Source,
    Steer,
    SteeringWord,
    Step,
    Turn,
)
from bot.dialogue.windows import Window, end_of_movement, in_days, start_of_movement
from bot.dialogue.words import close_word, first_word, steering

__all__ = [
    "ANEW",
    "Answer",
    "Answers",
    "Aside",
    "Attached",
    "Authors",
    "Button",
    "Choice",
    "Day",
    "Days",
    "Draft",
    "End",
    "Expected",
    "Facts",
    "Field",
    "Files",
    "Form",
    "Line",
    "Money",
    "Number",
    "OneOf",
    "Page",
    "Paragraph",
    "Reading",
    "Reason",
    "Said",
    "Say",
    "Scene",
    "Source",
    "Steer",
    "SteeringWord",
    "Step",
    "Turn",
    "Unclear",
    "Value",
    "Window",
    "Wrong",
    "aside",
    "asides",
    "asked_of",
    "close_word",
    "end_of_movement",
    "engine",
    "first_word",
    "in_days",
    "say_days",
    "say_period",
    "span_of",
    "start_of_movement",
    "steering",
    "tells",
    "visible",
]
