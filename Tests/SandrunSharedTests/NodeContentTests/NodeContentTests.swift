// The tests of NodeContent take its place.
