"""Who may cause what, written once more beside the product: rules, forms, notices, and what may become of somebody."""
