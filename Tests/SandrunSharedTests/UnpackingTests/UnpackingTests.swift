// The tests of Unpacking take its place.
