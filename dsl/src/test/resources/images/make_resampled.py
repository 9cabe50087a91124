"""Writes resampled.json: a small grey picture in other sizes, as Pillow makes them. Run by hand, with Pillow alone."""
import json
import random
from pathlib import Path

from PIL import Image

random.seed(5)
WIDTH, HEIGHT = 9, 7
picture = bytes(random.choice((0, 255, random.randrange(256))) for _ in range(WIDTH * HEIGHT))
image = Image.frombytes("L", (WIDTH, HEIGHT), picture)
rows = [
    {"filter": number, "height": height, "width": width, "pixels": list(image.resize((width, height), number).tobytes())}
    for number in range(6)
    for height, width in ((3, 4), (7, 5), (8, 13))
]
lines = ",\n".join("    " + json.dumps(row) for row in rows)
Path(__file__).with_name("resampled.json").write_text(
    f'{{\n  "height": {HEIGHT}, "width": {WIDTH}, "pixels": {json.dumps(list(picture))},\n  "resized": [\n{lines}\n  ]\n}}\n')
