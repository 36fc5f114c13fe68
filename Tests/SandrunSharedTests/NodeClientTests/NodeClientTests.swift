// The tests of NodeClient take its place.
