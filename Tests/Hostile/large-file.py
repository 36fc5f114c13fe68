"""Writes one file of 12 MiB."""
with open("large", "wb") as file:
    for _ in range(12):
        file.write(b"\1" * (1 << 20))
print("SUCCEEDED")
