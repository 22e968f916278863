"""Small files of formats that are not written by hand: PDF and Word."""

import io
import textwrap
import zipfile
from xml.sax.saxutils import escape

import pypdf

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
STYLES = {"title": "Title", "heading": "Heading2", "paragraph": "Normal", "item": "ListParagraph"}


def word(parts, **more):
    """Return a .docx of (kind, text) pairs; `more` are further parts of the archive, by name."""
    body = "".join(_word_paragraph(kind, text) for kind, text in parts)
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in {"Title": "Title", "Heading2": "heading 2", "Normal": "Normal"}.items()
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORDS}.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" Type="{OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="s" '
        f'Type="{OFFICE}/styles" Target="styles.xml"/><Relationship Id="n" Type="{OFFICE}/numbering" '
        'Target="numbering.xml"/></Relationships>',
        "word/styles.xml": f'<w:styles xmlns:w="{NAMESPACE}">{styles}</w:styles>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{NAMESPACE}">{numbering}</w:numbering>',
        "word/document.xml": f'<w:document xmlns:w="{NAMESPACE}"><w:body>{body}</w:body></w:document>',
        **more,
    }
    return archive(files)


def _word_paragraph(kind, text):
    style = f'<w:pStyle w:val="{STYLES.get(kind, "Normal")}"/>'
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if kind == "item" else ""
    return f"<w:p><w:pPr>{style}{number}</w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEETS = {  # the parts of a workbook of one sheet, but for the sheet
    "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" Type="{OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="A" sheetId="1" r:id="s"/>'
    "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="s" Type="{OFFICE}/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
}


def archive(files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            zipped.writestr(name, data)
    return packed.getvalue()


def pdf(parts, *, lines=46, width=80, head="", styled=True):
    """Return a PDF of (kind, text) pairs, so many lines a page, with page numbers and a running head.

    Without `styled`, all of it is in one size and weight.
    """
    set_lines = []  # font, size, text and the space above it
    for kind, text in parts:
        font, size = {"title": ("F2", 18), "heading": ("F2", 13)}.get(kind, ("F1", 11)) if styled else ("F1", 11)
        wrapped = textwrap.wrap(f"- {text}" if kind == "item" else text, width)
        set_lines += [(font, size, line, 14 + 10 * (not number)) for number, line in enumerate(wrapped)]
    pages = [set_lines[start : start + lines] for start in range(0, len(set_lines), lines)] or [[]]
    return pdf_of([_page(page, number, head) for number, page in enumerate(pages, 1)])


def _page(page, number, head):
    down, shown = 800, [("F1", 9, head, 820)] if head else []
    for font, size, text, space in page:
        down -= space
        shown.append((font, size, text, down))
    shown.append(("F1", 9, str(number), 30))
    return "".join(f"BT /{font} {size} Tf 1 0 0 1 60 {y} Tm ({_quoted(text)}) Tj ET\n" for font, size, text, y in shown)


def _quoted(text):
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def pdf_of(contents):
    """Return a PDF of pages with these streams of operators."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(contents)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(contents):
        fonts = "<< /Font << /F1 3 0 R /F2 4 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {fonts} /Contents {6 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream")
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return data + f"{trailer}startxref\n{len(data)}\n%%EOF\n".encode()


def encrypted_pdf(password):
    """Return a PDF that opens with this password, and may not be printed without another."""
    writer = pypdf.PdfWriter(io.BytesIO(pdf([("paragraph", "What is written here is nobody's business but ours.")])))
    writer.encrypt(password, "owner", algorithm="AES-256")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def textwrapped(text, width):
    """Return a text with its lines broken at a margin."""
    return "\n".join(
        textwrap.fill(line, width, subsequent_indent="  " * line.startswith("-")) for line in text.split("\n")
    )
