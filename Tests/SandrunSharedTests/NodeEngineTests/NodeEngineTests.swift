// The tests of NodeEngine take its place.
