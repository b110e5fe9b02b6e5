"""Difficulties: raised, answered, referred to the leaders, solved or not, told in reports."""
