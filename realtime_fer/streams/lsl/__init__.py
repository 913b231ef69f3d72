"""Lab Streaming Layer: numbers and markers to recorders in a lab, and markers of other programs from them."""
