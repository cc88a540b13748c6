"""The language server: what editors show of rule files while they are written."""
