// The tests of WebSocket take its place.
