"""Files of every format that the search reads, and some that nobody should."""

import io
import zipfile

import openpyxl
from fpdf import FPDF

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def pdf(*pages: str, password: str | None = None) -> bytes:
    made = FPDF()
    made.set_font("helvetica", size=12)
    for text in pages:
        made.add_page()
        if text:
            made.multi_cell(0, 10, text)
    if password is not None:
        made.set_encryption(owner_password="owner", user_password=password)
    return bytes(made.output())


def docx(*paragraphs: str, prolog: str = "", **parts: str) -> bytes:
    lines = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    body = f'{prolog}<w:document xmlns:w="{WORD}"><w:body>{lines}</w:body></w:document>'
    return zipped({"word/document.xml": body, **parts})


def pptx(*slides: str) -> bytes:
    """Return a presentation whose parts are numbered against the order of its slides."""
    parts, listed, relations = {}, "", ""
    for place, text in enumerate(slides):
        name = f"slide{len(slides) - place}.xml"
        listed += f'<p:sldId id="{256 + place}" r:id="r{place}"/>'
        relations += f'<Relationship Id="r{place}" Target="slides/{name}"/>'
        parts[f"ppt/slides/{name}"] = (
            f'<p:sld xmlns:p="{SLIDE}" xmlns:a="{DRAWING}"><a:p><a:r><a:t>{text}</a:t></a:r></a:p>'
            "</p:sld>"
        )
    parts["ppt/presentation.xml"] = (
        f'<p:presentation xmlns:p="{SLIDE}" xmlns:r="{RELATION}"><p:sldIdLst>{listed}'
        "</p:sldIdLst></p:presentation>"
    )
    parts["ppt/_rels/presentation.xml.rels"] = (
        f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>'
    )
    return zipped(parts)


def xlsx(sheets: dict[str, list[list]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def odt(body: str, manifest: str = "") -> bytes:
    return zipped(
        {
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{OPEN}:manifest:1.0">{manifest}'
            "</m:manifest>",
            "content.xml": f'<o:document-content xmlns:o="{OPEN}:office:1.0" '
            f'xmlns:text="{OPEN}:text:1.0" xmlns:table="{OPEN}:table:1.0">{body}'
            "</o:document-content>",
        }
    )


def ods(sheets: dict[str, list[str]]) -> bytes:
    tables = ""
    for name, cells in sheets.items():
        row = "".join(
            f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in cells
        )
        tables += f'<table:table table:name="{name}">{row}</table:table>'
    return odt(tables)


def epub(*chapters: str, **parts: str) -> bytes:
    """Return a book whose chapters are listed in another order than they are read."""
    items = "".join(
        f'<item id="c{place}" href="text/chapter%20{place}.xhtml"/>'
        for place in reversed(range(len(chapters)))
    )
    spine = "".join(f'<itemref idref="c{place}"/>' for place in range(len(chapters)))
    package = f"<package><manifest>{items}</manifest><spine>{spine}</spine></package>"
    return zipped(
        {
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OPS/book.opf"/>'
            "</rootfiles></container>",
            "OPS/book.opf": package,
            **{
                f"OPS/text/chapter {place}.xhtml": "<!DOCTYPE html><html><head><title>no</title>"
                f"</head><body>{text}</body></html>"
                for place, text in enumerate(chapters)
            },
            **parts,
        }
    )


def pdf_of(*objects: bytes) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is its catalogue."""
    file, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Root 1 0 R/Size %d>>\n" % (len(objects) + 1)
    return file + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(file)


def endless_pdf() -> bytes:
    """Return a PDF whose tree of pages contains itself."""
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 9/Kids[3 0 R 3 0 R]>>",
        b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>",
    )


def bushy_pdf(depth: int = 40) -> bytes:
    """Return a PDF whose tree of pages has more leaves than there are atoms."""
    level = b"<</Type/Pages/Count 9/Kids[%d 0 R %d 0 R]>>"
    levels = (level % (number + 1, number + 1) for number in range(2, depth))
    leaf = b"<</Type/Page/MediaBox[0 0 9 9]>>"
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", *levels, leaf)


def slow_pdf() -> bytes:
    """Return a PDF with a page of words and one whose drawing hardly comes to an end."""
    words = b"BT /F1 12 Tf 1 0 0 1 72 700 Tm (Own revenue) Tj ET"
    drawing = b"BT /F1 12 Tf " + b"(word) Tj 1 0 0 1 0 9 Tm " * 400_000 + b"ET"
    page = b"<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 7 0 R>>>>/Contents %d 0 R>>"
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>",
        page % 5,
        page % 6,
        b"<</Length %d>>stream\n%s\nendstream" % (len(words), words),
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def zip_bomb() -> bytes:
    """Return a small Word file that unpacks to a gigabyte of spaces."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        part.write(f'<w:document xmlns:w="{WORD}">'.encode())
        for _ in range(1024):
            part.write(b" " * 1024 * 1024)
    return file.getvalue()


XML_BOMB = (
    '<!DOCTYPE bomb [<!ENTITY a "ten thousand words ">'
    + "".join(
        f'<!ENTITY {name} "{f"&{previous};" * 10}">'
        for previous, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
FETCHED = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
