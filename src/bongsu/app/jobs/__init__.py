"""One recipe per verb."""
