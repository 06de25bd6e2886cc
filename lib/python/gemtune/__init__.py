"""The Python half of gemtune: OAuth and credentials, datasets, and the emulator."""
