"""What a person says about the people in view: names, who is one person, who is not shown, who is forgotten."""
