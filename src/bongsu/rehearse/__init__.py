"""Generated incidents with known truth."""
