"""What a plan becomes to be run: Python functions today. A backend reads the plan and nothing else."""
