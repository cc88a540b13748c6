"""An independent reading of the specification, to test the compiler and the runtime against."""
