"""Turning a frozen product into files: PDF through typst, DOCX through a Word template, a QR code beside them.

Everything here is a function of its arguments: the same template, data and moment make the same bytes. What people
wrote goes in as data, never as markup.
"""

from kentongan.documents.rendering.codes import qr_png, qr_svg
from kentongan.documents.rendering.letterhead import Letterhead
from kentongan.documents.rendering.pdf import pdf_of
from kentongan.documents.rendering.version import renderer_version
from kentongan.documents.rendering.word import docx_of

__all__ = ["Letterhead", "docx_of", "pdf_of", "qr_png", "qr_svg", "renderer_version"]
