"""Networks that name expressions, behind ``core.protocols.ExpressionClassifier``."""
