// The module's first file; its own take its place.
