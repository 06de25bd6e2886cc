"""A campaign against gemtune: seeded runs in which processes, answers and the service die anywhere."""
