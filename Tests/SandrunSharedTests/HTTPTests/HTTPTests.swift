// The tests of HTTP take its place.
