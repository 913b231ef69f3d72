"""What is to happen when an expression is held: the rules, and when each of them fires."""
