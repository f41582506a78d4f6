"""What is known: curated, sourced facts that ship with Bongsu."""
