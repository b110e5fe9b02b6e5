"""The yearly report as a form made from the plan: its pages, figures, kinds of answers, and what is known already."""
