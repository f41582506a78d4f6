"""What things are: one file per noun, a dataclass for one and an Arrow schema for many."""
