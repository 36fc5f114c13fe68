"""Writes 32 MiB into files of 4 MiB."""
for number in range(8):
    with open(f"filler-{number}", "wb") as file:
        file.write(b"\1" * (4 << 20))
print("SUCCEEDED")
