"""Scores whole tables in Spark: the same results as lead by lead, on one machine or many."""
