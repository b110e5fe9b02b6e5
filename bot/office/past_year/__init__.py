"""A past year taken over from paper: its workbook read against the plan, compared with what is kept, written."""
