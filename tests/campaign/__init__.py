"""A campaign against gemtune: seeded runs in which clients, answers or the service die anywhere."""
