"""Training: recipe, batches, objective, checkpoints, teachers."""
