"""What PDF/A-2a and PDF/UA-1 ask of a file beside its tags: identity, colour space, and characters of glyphs."""

from __future__ import annotations

import io
import re
import zlib
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from reports.paper.srgb import profile

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool><pdf:Producer>{producer}</pdf:Producer>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
_UNUSED = re.compile(rb"^<[0-9A-Fa-f]+> <0000>\n", re.MULTILINE)
_ENTRY = re.compile(rb"^<[0-9A-Fa-f]+> <[0-9A-Fa-f]+>$", re.MULTILINE)
_BLOCK = re.compile(rb"\d+ beginbfchar\n.*endbfchar", re.DOTALL)
_MOST_ENTRIES = 100
_AMBIGUOUS = b"\r\nendstream"


def write_identity(pdf: pikepdf.Pdf, language: str) -> None:
    """Say in the file's metadata what its title, author, subject and standards are; the information dictionary leads.

    Args:
        pdf: the file; changed.
        language: BCP 47 tag of the text.
    """
    names = ("Title", "Author", "Subject", "Creator", "Producer")
    known = {name: str(pdf.docinfo.get(f"/{name}", "")) for name in names}
    for name, text in known.items():
        if not text and f"/{name}" in pdf.docinfo:
            del pdf.docinfo[f"/{name}"]
    packet = _PACKET.format(
        language=escape(language), **{name.lower(): escape(text) for name, text in known.items()}
    ).encode()
    pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Lang = String(language)


def write_colours(pdf: pikepdf.Pdf) -> None:
    """Say that colours are sRGB, and that translucent marks are mixed in it."""
    stream = pdf.make_stream(profile(), N=3, Alternate=Name.DeviceRGB)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC 61966-2-1"),
        DestOutputProfile=stream,
    )
    pdf.Root.OutputIntents = Array([intent])
    for page in pdf.pages:
        page.obj.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceRGB)


def write_glyph_meanings(pdf: pikepdf.Pdf) -> None:
    """Drop from each font's glyph map the slots that no glyph uses, which ReportLab maps to no character.

    The entries are cut into blocks of a hundred, the most that a map may hold in one.
    """
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.Font and "/ToUnicode" in item:
            text = item.ToUnicode.read_bytes()
            if _UNUSED.search(text):
                item.ToUnicode.write(_BLOCK.sub(lambda found: _blocks(found[0]), text))


def _blocks(block: bytes) -> bytes:
    entries = _ENTRY.findall(_UNUSED.sub(b"", block))
    cut = [entries[start : start + _MOST_ENTRIES] for start in range(0, len(entries), _MOST_ENTRIES)]
    return b"\n".join(b"%d beginbfchar\n%s\nendbfchar" % (len(part), b"\n".join(part)) for part in cut)


def saved(pdf: pikepdf.Pdf) -> bytes:
    """Return the bytes of a file without dates, with an identifier made from its content alone.

    ReportLab writes a date even when told to be invariant, and takes it from the environment where one is set there.
    A stream whose last byte is a carriage return would run into the line end before ``endstream``, so that its length
    could be read in two ways, which PDF/A forbids: the content is then written with one byte more, and objects are
    packed together in another way.
    """
    for name in ("/CreationDate", "/ModDate"):
        del pdf.docinfo[name]
    del pdf.trailer.ID  # made from the date too
    _compress(pdf)
    data = _written(pdf)
    for page in pdf.pages:
        if _AMBIGUOUS not in data:
            break
        page.obj.Group = pdf.make_indirect(page.obj.Group)  # one object more, so that all after it are packed anew
        data = _written(pdf)
    return data


def _written(pdf: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def _compress(pdf: pikepdf.Pdf) -> None:
    """Compress every stream but the metadata, so that none ends in a carriage return."""
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Stream) or item.get("/Type") == Name.Metadata:
            continue
        try:
            data = item.read_bytes()
        except pikepdf.PdfError:  # a picture in a coding of its own
            continue
        packed, more = zlib.compress(data), b"\0" if "/Length1" in item else b"\n"
        while packed.endswith(b"\r"):
            data += more
            packed = zlib.compress(data)
        if "/Length1" in item:
            item.Length1 = len(data)
        item.write(packed, filter=Name.FlateDecode)
