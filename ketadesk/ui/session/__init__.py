"""The nurse's view of one infusion, from the checklist to the signature."""
