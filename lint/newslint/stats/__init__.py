"""The archive in numbers: what its articles are, and what an editor would want to know of them."""
