"""Working stand-ins for the ports: they keep the contract, and complain when the engine breaks it."""
