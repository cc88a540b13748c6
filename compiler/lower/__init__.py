"""Checked statements to a plan: sugar gone, `not` pushed down, windows and decays as bounds."""
