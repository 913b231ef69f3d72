"""Pictures that travel with the program; README.md says where each is from."""
