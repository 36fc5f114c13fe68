// The tests of NodeServer take its place.
