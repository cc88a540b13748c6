"""Names and types: from trees and a schema to checked statements, with every mistake in one run."""
