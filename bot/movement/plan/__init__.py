"""The plan file: its parts, what must agree in it, and what is said when it does not. Pure."""

from bot.movement.plan.award_rules import AwardForm, AwardKind, AwardQuota, Awards
from bot.movement.plan.duties import Duty, Rung, To
from bot.movement.plan.item_kinds import FieldType, ItemField, ItemKind
from bot.movement.plan.keeping import Keeping
from bot.movement.plan.paper_rules import OutlinePart, PaperLine, Papers, PaperText, Signer
from bot.movement.plan.pieces import Area, ReportPage, ReviewSection, Section, UnionSection
from bot.movement.plan.plan import Plan
from bot.movement.plan.problems import BadPlan, Problem
from bot.movement.plan.targets import Measure, OverYears, Target
from bot.movement.plan.training_topics import FedBy, Topic
from bot.movement.plan.ways import SHORT, How

__all__ = [
    "SHORT",
    "Area",
    "AwardForm",
    "AwardKind",
    "AwardQuota",
    "Awards",
    "BadPlan",
    "Duty",
    "FedBy",
    "FieldType",
    "How",
    "ItemField",
    "ItemKind",
    "Keeping",
    "Measure",
    "OutlinePart",
    "OverYears",
    "PaperLine",
    "PaperText",
    "Papers",
    "Plan",
    "Problem",
    "ReportPage",
    "ReviewSection",
    "Rung",
    "Section",
    "Signer",
    "Target",
    "To",
    "Topic",
    "UnionSection",
]
