"""The commands, one file each: its options, what they ask for, and the exit status."""
