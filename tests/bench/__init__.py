"""Figures, measured side by side in one run: `make bench`. No test, and no bound that must hold."""
