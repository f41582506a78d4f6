"""Ledgers and incidents made up with known truth, for tests, benchmarks and exercises."""

from bongsu.rehearse.ledger import MadeLedger, Truth, generate_ledger
from bongsu.rehearse.moves import MadeMoves, generate_moves
from bongsu.rehearse.noise import Noise, Span, noise_around
from bongsu.rehearse.theft import PlantedTheft

__all__ = [
    "MadeLedger",
    "MadeMoves",
    "Noise",
    "PlantedTheft",
    "Span",
    "Truth",
    "generate_ledger",
    "generate_moves",
    "noise_around",
]
