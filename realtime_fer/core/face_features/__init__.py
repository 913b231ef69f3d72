"""What is seen in one face beside its expression: points, movements, pleasantness, blendshapes."""
