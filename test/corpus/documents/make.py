"""Makes the files of this folder again, beside itself. Needs Debian's python3-pil and qpdf. What is in them is drawn here."""
import os, struct, subprocess, zlib
from PIL import Image, ImageDraw

os.chdir(os.path.dirname(os.path.abspath(__file__)))
W, H = 240, 160

# One picture, recognisable from every side: a black square at the upper left, a bar along the top, a grey one at the lower right.
picture = Image.new("L", (W, H), 255)
draw = ImageDraw.Draw(picture)
draw.rectangle((10, 10, 69, 69), fill=0)
draw.rectangle((80, 10, 229, 19), fill=0)
draw.rectangle((150, 110, 219, 149), fill=128)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def interlaced(image, name):
    """Adam7, which PIL does not write: seven passes over the picture, each a picture of its own."""
    rows = b""
    for x0, y0, dx, dy in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)):
        for y in range(y0, image.height, dy):
            line = bytes(image.getpixel((x, y)) for x in range(x0, image.width, dx))
            rows += b"\0" + line if line else b""
    with open(name, "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", image.width, image.height, 8, 0, 0, 0, 1)))
        f.write(chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def claims(width, height, name):
    """A picture whose header promises more pixels than anybody should decode."""
    with open(name, "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)))
        f.write(chunk(b"IDAT", zlib.compress(bytes(100_000), 9)) + chunk(b"IEND", b""))


def pdf(name):
    content = b"BT /F 24 Tf 72 700 Td (Under lock and key) Tj ET"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
               b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)]
    data, offsets = b"%PDF-1.4\n", []
    for i, body in enumerate(objects):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (i + 1, body)
    start = len(data)
    data += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    data += b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start
    with open(name, "wb") as f:
        f.write(data)


interlaced(picture, "interlaced.png")
claims(60000, 60000, "bomb.png")
picture.save("progressive.jpg", progressive=True, quality=85)
picture.convert("RGB").convert("CMYK").save("cmyk.jpg", quality=85)
Image.frombytes("I;16", (W, H), b"".join(struct.pack("<H", v * 257) for v in picture.getdata())).save("grey16.png")
clear = picture.convert("RGBA")
clear.putalpha(picture.point(lambda v: 255 if v < 255 else 0))
clear.save("transparent.png")

# EXIF orientation n: the file holds the picture as a camera held otherwise saw it; a reader has to bring it upright again.
stored = {1: None, 2: Image.FLIP_LEFT_RIGHT, 3: Image.ROTATE_180, 4: Image.FLIP_TOP_BOTTOM,
          5: Image.TRANSPOSE, 6: Image.ROTATE_90, 7: Image.TRANSVERSE, 8: Image.ROTATE_270}
for orientation, change in stored.items():
    exif = Image.Exif()
    exif[274] = orientation
    (picture if change is None else picture.transpose(change)).save("orientation%d.jpg" % orientation, quality=85, exif=exif)

colour = Image.merge("RGB", (picture, picture, picture))
colour.save("colour-lzw.tif", compression="tiff_lzw", save_all=True, append_images=[colour, colour], dpi=(100, 100))

pdf("open.pdf")
subprocess.run(["qpdf", "--encrypt", "user", "owner", "256", "--", "open.pdf", "password.pdf"], check=True)
subprocess.run(["qpdf", "--encrypt", "", "owner", "256", "--", "open.pdf", "owner-password.pdf"], check=True)
os.remove("open.pdf")
