"""The papers that the office signs: what stands in them, from the same figures as the summary; drafts, gaps, versions."""
