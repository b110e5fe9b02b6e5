"""What the office asks of units or people beside the duties of the plan: asked, answered, reminded of, collated."""
