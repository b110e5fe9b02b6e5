"""A year's records as tables: what stands in the workbook and behind the pictures."""
