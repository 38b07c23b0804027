"""Files that arrive broken, odd or hostile: each with what becomes of it and facts that a machine can check.

A case is (name, bytes, outcome, facts). The outcome is accepted, normalised (something was changed or left out and is
noted), warned (a person should look) or refused. Facts: `has` words that must be there once, `lacks` words that must
not, `told` what notes, doubts or the refusal say, `labels`, `times`.
"""

import codecs
import unicodedata
import zipfile
from typing import NamedTuple

from documents import RELS, docx, linked, odt, p, r, twice, with_encrypted_flag, with_wrong_size, xlsx, zipped

TALK = "INT: How is it?\n\nP07: We wait.\n\nINT: And then?\n\nP07: Nothing comes.\n"


class Case(NamedTuple):
    """One file, and what is to become of it."""

    name: str
    content: bytes
    outcome: str
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    told: str = ""
    options: dict = {}


def ok(name, content, *has, **facts):
    return Case(name, _bytes(content), "accepted", has, **facts)


def normalised(name, content, *has, **facts):
    return Case(name, _bytes(content), "normalised", has, **facts)


def warned(name, content, *has, **facts):
    return Case(name, _bytes(content), "warned", has, **facts)


def refused(name, content, told, **facts):
    return Case(name, _bytes(content), "refused", told=told, **facts)


def _bytes(content):
    return content if isinstance(content, bytes) else content.encode()


def text() -> list[Case]:
    accents = TALK.replace("Nothing", "Café naïve")
    return [
        ok("plain.txt", TALK, "Nothing comes."), normalised("bom_utf8.txt", codecs.BOM_UTF8 + TALK.replace("Nothing", "Rien\u00a0là").encode() + b"\r\n", "Rien là"),
        normalised("crlf.txt", TALK.replace("\n", "\r\n"), "Nothing comes.", told="7 line ends written as LF"), normalised("cr.txt", TALK.replace("\n", "\r"), "Nothing comes."),
        normalised("mixed_newlines.txt", TALK.replace("\n\n", "\r\n\n"), "Nothing comes."), normalised("line_separators.txt", TALK.replace("\n\n", "\u2028"), "Nothing comes."),
        normalised("form_feeds.txt", TALK.replace("\n\n", "\f"), "Nothing comes."), normalised("nfd.txt", unicodedata.normalize("NFD", accents), "Café naïve", told="NFC"),
        ok("utf16.txt", TALK.encode("utf-16"), "Nothing comes."), ok("utf16be.txt", codecs.BOM_UTF16_BE + TALK.encode("utf-16-be"), "Nothing comes."),
        ok("utf32.txt", TALK.encode("utf-32"), "Nothing comes."), refused("utf16le_nobom.txt", TALK.encode("utf-16-le"), "--encoding utf-16-le"),
        refused("utf16be_nobom.txt", TALK.encode("utf-16-be"), "--encoding utf-16-be"), refused("cp1252.txt", accents.encode("cp1252"), "--encoding cp1252"),
        refused("latin1.txt", accents.encode("latin-1"), "is not UTF-8"), refused("mixed_utf8_cp1252.txt", accents.encode() + "P07: “é”\n".encode("cp1252"), "line 8 is not UTF-8"),
        refused("utf16_odd.txt", TALK.encode("utf-16")[:-1], "is not UTF-16"), refused("broken_utf8.txt", TALK.encode() + b"\xc3", "is not UTF-8"),
        refused("overlong.txt", TALK.encode() + b"\xc0\xaf", "is not UTF-8"), refused("surrogate.txt", TALK.encode() + b"\xed\xa0\x80", "is not UTF-8"),
        normalised("nul_bytes.txt", TALK.replace("wait", "wa\0it"), "We wait.", told="1 control characters"), normalised("control_ansi.txt", TALK.replace("wait", "\x1b[31mwait"), "wait"),
        normalised("bell.txt", TALK.replace("wait", "\await"), "We wait."), normalised("delete_character.txt", TALK.replace("wait", "wait\x7f"), "We wait."),
        warned("zero_width.txt", TALK.replace("wait", "wa\u200bit"), told="1 invisible characters"), warned("soft_hyphen.txt", TALK.replace("wait", "wa\u00adit"), told="invisible"),
        warned("rtl_marks.txt", TALK.replace("wait", "\u202ewait\u202c"), told="2 invisible characters"), ok("homoglyph.txt", TALK.replace("wait", "w\u0430it"), "w\u0430it"),
        ok("hebrew.txt", TALK.replace("wait", "שלום"), "שלום"), ok("emoji_zwnj_free.txt", TALK.replace("wait", "wait 😀"), "wait 😀"),
        warned("emoji_zwj.txt", TALK.replace("wait", "wait 👩\u200d⚕️"), "👩\u200d⚕️"), ok("long_line.txt", TALK + "\nP07: " + "word " * 40_000 + "end.\n", "end."),
        refused("empty.txt", "", "no words found"), refused("blank.txt", " \n\t\r\n", "no words found"), refused("only_bom.txt", codecs.BOM_UTF8, "no words found"),
        refused("only_nul.txt", b"\0\0\0\0", "NUL"), refused("pdf_renamed.txt", b"%PDF-1.7\n", "a PDF"), refused("docx_renamed.txt", docx(), "a zip file"),
        refused("rtf_renamed.txt", r"{\rtf1 INT: x}", "RTF"), refused("doc_renamed.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old document"),
        refused("conflict_markers.txt", TALK + "<<<<<<< HEAD\nP07: a\n=======\nP07: b\n>>>>>>> other\n", "unfinished merge"),
        ok("formula.txt", TALK.replace("We wait.", "=HYPERLINK(1)"), "=HYPERLINK(1)"), ok("html_inside.txt", TALK.replace("We wait.", "<script>alert(1)</script>"), "<script>alert(1)</script>"),
        ok("jinja.txt", TALK.replace("We wait.", "{{ 7*7 }}"), "{{ 7*7 }}"), ok("latex.txt", TALK.replace("We wait.", r"\input{/etc/passwd}"), r"\input{/etc/passwd}"),
        normalised("head_times.txt", "[00:00:01] INT: How?\n\n[00:00:05] P07: Well.\n\n[00:01:00] INT: So?\n", "Well.", lacks=("00:00",), told="3 timestamps moved"),
        normalised("label_times.txt", "INT [00:00:01]: How?\n\nP07 [00:00:05]: At 10:30 we left.\n", "At 10:30 we left.", lacks=("00:00:05",), told="2 timestamps moved"),
        normalised("lone_times.txt", "00:00:01\nINT: How?\n\n00:00:05 --> 00:00:09\nP07: Well.\n", "Well.", lacks=("-->",), told="2 timestamps moved"),
        normalised("otter.txt", "Anna B  0:05\nHow is it?\n\nP07  1:02:05\nWe wait.\nStill.\n", "Anna B: How is it?", "P07: We wait.", "Still.", lacks=("1:02:05",), told="2 timestamps moved"),
        normalised("chat.txt", "00:21:14\tAnna:\tHello 10:30\n00:21:35\tBo to Everyone:\tHi\n", "Hello 10:30", lacks=("00:21",), told="times of 2 messages"),
        ok("time_of_day.txt", TALK.replace("We wait.", "10:30 was when we left."), "10:30 was when we left."),
    ]


def word() -> list[Case]:
    vanish, style = "<w:vanish/>", '<w:style w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="G"><w:basedOn w:val="H"/></w:style>'
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    box = "<w:txbxContent>" + p("boxed words") + "</w:txbxContent>"
    alternate = f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK secretcode</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    table = "<w:tbl>{}</w:tbl>"
    row = lambda *cells: "<w:tr>" + "".join(f"<w:tc>{p(c)}</w:tc>" for c in cells) + "</w:tr>"  # noqa: E731
    external = RELS.replace("officeDocument\" Target=\"word/document.xml\"", "attachedTemplate\" Target=\"http://127.0.0.1:9/t.dotm\" TargetMode=\"External\"")
    strict = f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>{p("INT: How?")}{p("P07: strict words")}</w:body></w:document>'
    dtd = '<!DOCTYPE w:document [{}]>'
    return [
        ok("plain.docx", docx(), "We wait."), ok("split_runs.docx", docx(p(r("Noth"), r("ing", "<w:b/>"), r(" comes."))), "Nothing comes."),
        ok("tabs_breaks.docx", docx(p("<w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r>")), "one two", "three"),
        ok("hyphens.docx", docx(p("<w:r><w:t>two</w:t><w:noBreakHyphen/><w:t>fold</w:t><w:softHyphen/></w:r>")), "two-fold"),
        ok("table_words.docx", docx(table.format(row("first cell", "second cell", "third cell") + row("a b c d e f", "g"))), "first cell", "third cell", "a b c d e f"),
        ok("table_turns.docx", docx(table.format(row("INT", "And then?") + row("P07:", "Nothing at all."))), "INT: And then?", "P07: Nothing at all."),
        normalised("table_times.docx", docx(table.format(row("00:01:02", "INT", "And then?") + row("00:01:09", "P07", "Nothing."))), "INT: And then?", told="2 timestamps"),
        ok("table_nested.docx", docx(table.format(f"<w:tr><w:tc>{p('outer')}{table.format(row('inner'))}{p('after')}</w:tc></w:tr>")), "outer", "inner", "after"),
        ok("text_box.docx", docx(p("before box", alternate)), "before box", "boxed words"), ok("vml_box.docx", docx(p(f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>")), "boxed words"),
        ok("content_control.docx", docx(f"<w:sdt><w:sdtPr/><w:sdtContent>{p('in control')}</w:sdtContent></w:sdt>", p("<w:sdt><w:sdtContent>" + r("inline control") + "</w:sdtContent></w:sdt>")), "in control", "inline control"),
        normalised("placeholder.docx", docx("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + p("Click here") + "</w:sdtContent></w:sdt>"), lacks=("Click here",), told="placeholders"),
        ok("hyperlink.docx", docx(p('<w:hyperlink>' + r("linked words") + "</w:hyperlink>")), "linked words"), ok("smart_tag.docx", docx(p("<w:smartTag>" + r("tagged") + "</w:smartTag>")), "tagged"),
        normalised("tracked_insert.docx", docx(p("kept ", "<w:ins>" + r("added words") + "</w:ins>")), "kept added words", told="1 tracked insertions accepted"),
        normalised("tracked_delete.docx", docx(p("kept", "<w:del><w:r><w:delText>removed</w:delText></w:r></w:del>")), "kept", lacks=("removed",), told="1 tracked deletions"),
        normalised("tracked_move.docx", docx(p("<w:moveFrom>" + r("moved words") + "</w:moveFrom>"), p("<w:moveTo>" + r("moved words") + "</w:moveTo>")), "moved words"),
        normalised("tracked_row.docx", docx(table.format("<w:tr><w:trPr><w:del/></w:trPr><w:tc>" + p("gone row") + "</w:tc></w:tr>" + row("kept row"))), "kept row", lacks=("gone row",)),
        normalised("tracked_nested.docx", docx(p("<w:ins><w:del><w:r><w:delText>neither</w:delText></w:r></w:del>" + r("this") + "</w:ins>")), "this", lacks=("neither",)),
        ok("mark_deleted.docx", docx(p("one half", properties="<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"), p(" other half")), "one half other half"),
        normalised("comments.docx", docx(p("said", "<w:commentRangeStart/><w:r><w:commentReference/></w:r>"), parts={"word/comments.xml": f"<w:comments {w}>{p('Anna Smith says')}</w:comments>"}), lacks=("Anna Smith",), told="1 comments"),
        normalised("footnotes.docx", docx(p("said", "<w:r><w:footnoteReference/></w:r>"), parts={"word/footnotes.xml": f"<w:footnotes {w}>{p('a note')}</w:footnotes>"}), lacks=("a note",), told="1 notes"),
        normalised("hidden_text.docx", docx(p("seen ", r("unseen", vanish))), "seen", lacks=("unseen",), told="1 hidden passages"), ok("vanish_off.docx", docx(p(r("seen", '<w:vanish w:val="0"/>'))), "seen"),
        normalised("hidden_style.docx", docx(p(r("unseen", '<w:rStyle w:val="G"/>'), r("seen")), parts={"word/styles.xml": f"<w:styles {w}>{style}</w:styles>"}), "seen", lacks=("unseen",)),
        normalised("hidden_paragraph.docx", docx(p("unseen", properties='<w:pPr><w:pStyle w:val="H"/></w:pPr>'), parts={"word/styles.xml": f"<w:styles {w}>{style}</w:styles>"}), lacks=("unseen",)),
        normalised("field.docx", docx(p("see ", field.format(r("result")))), "see result", lacks=("secretcode",), told="codes of fields"),
        normalised("field_nested.docx", docx(p(field.replace("secretcode", "x").format(field.format(r("inner")) + r("outer")))), "innerouter", lacks=("secretcode",)),
        normalised("field_simple.docx", docx(p('<w:fldSimple w:instr="secretcode">' + r("result") + "</w:fldSimple>")), "result", lacks=("secretcode",)),
        normalised("field_unended.docx", docx(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', r("swallowed"))), lacks=("swallowed",)),
        warned("symbol.docx", docx(p('<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>', "after")), "[symbol]after"), ok("symbol_plain.docx", docx(p('<w:r><w:sym w:char="00E9"/></w:r>')), "é"),
        warned("alt_chunk.docx", docx("<w:altChunk/>"), told="embedded"), normalised("headers.docx", docx(parts={"word/header1.xml": f"<w:hdr {w}>{p('running head')}</w:hdr>"}), lacks=("running head",), told="1 headers or footers"),
        ok("metadata.docx", docx(parts={"docProps/core.xml": "<c>Anna Smith</c>"}), "We wait.", lacks=("Anna Smith",)),
        ok("utf16.docx", docx(p("é word"), head='<?xml version="1.0" encoding="UTF-16"?>', encoding="utf-16"), "é word"), ok("stored.docx", docx(p("stored"), method=zipfile.ZIP_STORED), "stored"),
        warned("template_elsewhere.docx", docx(parts={"word/_rels/settings.xml.rels": external}), told="not fetched"), ok("strict.docx", docx(parts={"word/document.xml": strict}), "strict words"),
        refused("xxe_file.docx", docx(p("&x;"), head=dtd.format('<!ENTITY x SYSTEM "file:///etc/passwd">')), "document type"),
        refused("xxe_http.docx", docx(p("&x;"), head=dtd.format('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">')), "document type"),
        refused("xxe_parameter.docx", docx(head=dtd.format('<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;')), "document type"),
        refused("dtd_only.docx", docx(head='<!DOCTYPE w:document SYSTEM "http://127.0.0.1:9/d.dtd">'), "document type"),
        refused("dtd_utf16.docx", docx(head='<?xml version="1.0" encoding="UTF-16"?>' + dtd.format('<!ENTITY x "y">'), encoding="utf-16"), "document type"),
        refused("dtd_late.docx", docx(head="<!--" + "x" * 5000 + "-->" + dtd.format('<!ENTITY x "y">')), "document type"),
        refused("billion_laughs.docx", docx(p("&f;"), head=dtd.format('<!ENTITY a "ha">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcde", "bcdef", strict=True)))), "document type"),
        refused("quadratic_blowup.docx", docx(p("&a;" * 2000), head=dtd.format(f'<!ENTITY a "{"x" * 20_000}">')), "document type"),
        refused("zip_bomb.docx", docx(p("x" * 1000), parts={"word/styles.xml": b"<!-- vanish -->" + b" " * 80_000_000}), "too large to be a transcript"),
        refused("zip_bomb_body.docx", docx(parts={"word/document.xml": b"<a>" + b" " * 80_000_000 + b"</a>"}), "too large to be a transcript"),
        refused("long_text_node.docx", docx(p("x" * 11_000_000)), "damaged"), refused("deep_nesting.docx", docx("<w:x>" * 5000 + "</w:x>" * 5000), "damaged"),
        refused("many_members.docx", docx(parts={f"x/{n}.xml": "" for n in range(5000)}), "parts: too large"),
        refused("path_traversal.docx", docx(parts={"../../escaped.txt": "x"}), "outside the document"), refused("absolute_path.docx", docx(parts={"/tmp/escaped.txt": "x"}), "outside the document"),
        refused("backslash_path.docx", docx(parts={"..\\escaped.txt": "x"}), "outside the document"), refused("drive_path.docx", docx(parts={"C:/escaped.txt": "x"}), "outside the document"),
        refused("symlink.docx", linked("word/media/x", "/etc/passwd"), "outside the document"), refused("duplicate_member.docx", twice("word/document.xml"), "2 parts"),
        refused("encrypted_parts.docx", with_encrypted_flag(docx()), "password"), refused("password_protected.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
        refused("declared_smaller.docx", with_wrong_size(docx(p("y" * 5000)), "word/document.xml", 10), "damaged"),
        refused("not_a_zip.docx", "INT: hello", "damaged"), refused("empty.docx", "", "damaged"), refused("truncated.docx", docx()[:-30], "damaged"), refused("truncated_half.docx", docx()[:300], "damaged"),
        refused("bad_crc.docx", docx(p("crcword"), method=zipfile.ZIP_STORED).replace(b"crcword", b"crcwerd", 1), "damaged"), refused("malformed.docx", docx("<w:p>"), "damaged"),
        refused("no_document.docx", zipped({"a.txt": "x"}), "no document of Word"), refused("xlsx_renamed.docx", xlsx(("a", "b"), (1, 2)), "no document of Word"), refused("odt_renamed.docx", odt(), "no document of Word"),
        refused("empty_body.docx", docx(talk=False), "no words found"), refused("only_hidden.docx", docx(p(r("unseen", vanish)), talk=False), "1 hidden passages"),
        refused("other_root.docx", docx(parts={"word/document.xml": "<html>INT: hello</html>"}), "no document of Word"), refused("outside_main.docx", zipped({"_rels/.rels": RELS.replace("word/document.xml", "../../etc/passwd")}), "no document of Word"),
    ]


def opendocument() -> list[Case]:
    hidden = '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style><style:style style:name="G" style:parent-style-name="H"/>'
    row = lambda *cells: "<table:table-row>" + "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in cells) + "</table:table-row>"  # noqa: E731
    return [
        ok("plain.odt", odt(), "We wait."), ok("spans.odt", odt("<text:p>one<text:s text:c='3'/>two<text:tab/>three<text:line-break/>four <text:span>five</text:span> six</text:p>"), "one two three", "four five six"),
        ok("heading_list.odt", odt("<text:h>A heading</text:h><text:list><text:list-item><text:p>item one</text:p></text:list-item></text:list>"), "A heading", "item one"),
        ok("table.odt", odt(f"<table:table>{row('INT', 'And then?')}{row('P07', 'Nothing.')}{row('a', 'b', 'c d')}</table:table>"), "INT: And then?", "P07: Nothing.", "c d"),
        normalised("tracked.odt", odt("<text:tracked-changes><text:changed-region><text:deletion><text:p>removed</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>kept</text:p>"), "kept", lacks=("removed",), told="1 tracked deletions"),
        normalised("comment.odt", odt("<text:p>said<office:annotation><text:p>Anna Smith</text:p></office:annotation> more</text:p>"), "said more", lacks=("Anna Smith",), told="1 comments"),
        normalised("note.odt", odt("<text:p>said<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>a note</text:p></text:note-body></text:note>.</text:p>"), "said.", lacks=("a note",)),
        normalised("hidden_section.odt", odt("<text:section text:display='none'><text:p>unseen</text:p></text:section>"), lacks=("unseen",), told="1 hidden passages"),
        normalised("hidden_span.odt", odt("<text:p>seen<text:span text:style-name='G'>unseen</text:span></text:p>", styles=hidden), "seen", lacks=("unseen",)),
        normalised("hidden_field.odt", odt("<text:p>seen<text:hidden-text text:condition='x'>unseen</text:hidden-text></text:p>"), lacks=("unseen",)),
        ok("text_box.odt", odt("<text:p>before<draw:frame><draw:text-box><text:p>boxed words</text:p></draw:text-box></draw:frame></text:p>"), "before", "boxed words"),
        ok("link.odt", odt("<text:p><text:a>linked</text:a> <text:bookmark/>words</text:p>"), "linked words"), ok("page_break.odt", odt("<text:p>one<text:soft-page-break/>two</text:p>"), "onetwo"),
        refused("encrypted.odt", odt(parts={"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "password"), refused("no_content.odt", zipped({"mimetype": "x"}), "no OpenDocument text"),
        refused("xxe.odt", odt("<text:p>&x;</text:p>", head='<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "document type"), refused("docx_renamed.odt", docx(), "no OpenDocument text"),
        refused("malformed.odt", odt("<text:p>"), "damaged"), refused("truncated.odt", odt()[:200], "damaged"), refused("zip_slip.odt", odt(parts={"../x": "y"}), "outside the document"),
        refused("bomb.odt", odt(parts={"content.xml": b"<a>" + b" " * 80_000_000 + b"</a>"}), "too large"), refused("spreadsheet.odt", odt(parts={"content.xml": "<a/>"}), "no OpenDocument text"),
    ]


def rich_text() -> list[Case]:
    head = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial;}{\f2\fcharset161 Arial;}}{\colortbl;\red0;}{\stylesheet{\s1 secretstyle;}}{\info{\author Anna Smith}}"
    made = lambda *parts: head + r"\pard INT: How is it?\par P07: We wait.\par " + "".join(parts) + "}"  # noqa: E731
    return [
        ok("plain.rtf", made(), "INT: How is it?", "P07: We wait.", lacks=("Anna Smith", "secretstyle", "Arial")), ok("cp1252.rtf", made(r"caf\'e9 \'80"), "café €"),
        ok("unicode.rtf", made(r"\u233?t\u233\'e9 \u8364?"), "été €"), ok("unicode_negative.rtf", made(r"\u-10179?\u-8704?"), "\U0001f600"), ok("uc2.rtf", made(r"{\uc2\u8364 ab}x"), "€x"), ok("uc0.rtf", made(r"{\uc0\u8364 x}"), "€x"),
        ok("russian.rtf", made(r"{\f1 \'cf\'f0\'e8}"), "При"), ok("greek.rtf", made(r"{\f2 \'e1\'e2}"), "αβ"), ok("signs.rtf", made(r"a\emdash b\rquote c\ldblquote d\~e\_f"), "a—b’c“d e-f"),
        ok("escapes.rtf", made(r"\{braces\} and \\slash"), r"{braces} and \slash"), ok("line_tab.rtf", made(r"one\tab two\line three\cell four\row"), "one two", "three", "four"), ok("newlines_in_source.rtf", made("wo\nrd\r\ns"), "words"),
        normalised("hidden.rtf", made(r"seen {\v unseen}\v unseen two\v0  again"), "seen again", lacks=("unseen",), told="hidden passages"), normalised("deleted.rtf", made(r"kept{\deleted removed}"), "kept", lacks=("removed",), told="tracked deletions"),
        normalised("field.rtf", made(r"{\field{\*\fldinst HYPERLINK secretcode}{\fldrslt shown}}"), "shown", lacks=("secretcode",), told="codes of fields"), normalised("annotation.rtf", made(r"said{\*\annotation Anna Smith}"), "said", lacks=("Anna Smith",), told="1 comments"),
        normalised("footnote.rtf", made(r"said{\footnote a note}."), "said.", lacks=("a note",), told="1 notes"), ok("header.rtf", made(r"{\header running head}text"), "text", lacks=("running head",)), ok("picture.rtf", made(r"{\pict 0a0b0c}text"), "text", lacks=("0a0b",)),
        ok("text_box.rtf", made(r"{\shp{\*\shpinst{\sp{\sn x}{\sv 7}}{\shptxt boxed words\par}}}"), "boxed words"), ok("unknown_destination.rtf", made(r"{\*\whatever secret}text"), "text", lacks=("secret",)), ok("binary.rtf", made("\\bin5 }}}}}text"), "text"),
        ok("upr.rtf", made(r"{\upr{ansi}{\*\ud{unicode}}}"), "unicode", lacks=("ansi",)), refused("not_rtf.rtf", TALK, "no rich text"), refused("truncated.rtf", made()[:-1], "cut off"), refused("extra_brace.rtf", made() + "}}", "brace"),
        refused("deep.rtf", made("{" * 2000 + "}" * 2000), "nested too deeply"), refused("empty.rtf", r"{\rtf1 }", "no words found"), refused("blank.rtf", "", "no rich text"),
    ]


def web() -> list[Case]:
    page = lambda body, head="": f"<!DOCTYPE html><html><head><title>Secret title</title>{head}</head><body><p>INT: How is it?</p><p>P07: We wait.</p>{body}</body></html>"  # noqa: E731
    return [
        ok("plain.html", page("<div>one <b>two</b><br>three</div>"), "one two", "three", lacks=("Secret title",)), ok("script.html", page("<script>alert('x')</script><style>p{}</style>after"), "after", lacks=("alert", "p{}")),
        normalised("comment.html", page("a<!-- Anna Smith -->b"), "ab", lacks=("Anna Smith",), told="1 comments"), normalised("hidden.html", page("<p hidden>unseen</p><p style='display: none'>unseen</p>seen"), "seen", lacks=("unseen",)),
        ok("table.html", page("<table><tr><td>INT</td><td>And then?</td></tr><tr><td>P07</td><td>Nothing.</td></tr></table>"), "INT: And then?", "P07: Nothing."), ok("list.html", page("<ul><li>one</li><li>two</li></ul>"), "one", "two"),
        ok("entities.html", page("caf&eacute; &lt;laughs&gt; &#128512;"), "café <laughs> 😀"), ok("latin1.html", page("café", '<meta charset="iso-8859-1">').encode("latin-1"), "café"), refused("latin1_unsaid.html", page("café").encode("latin-1"), "is not UTF-8"),
        ok("deep_enough.html", page("<div>" * 100 + "deep" + "</div>" * 100), "deep"), refused("too_deep.html", page("<div>" * 20_000 + "deep"), "nested too deeply"), refused("no_html.html", "INT: hello", "no HTML"), refused("no_words.html", "<html><body></body></html>", "no words found"),
        ok("remote_image.html", page('<img src="http://127.0.0.1:9/x.png"><iframe src="http://127.0.0.1:9/"></iframe>after'), "after"), ok("entity_declared.html", page("x").replace("<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), lacks=("root:",)),
        ok("unclosed.html", "<p>INT: How is it?<p>P07: We <b>wait", "P07: We wait"), ok("pre.html", page("<pre>INT: a\nP07: b</pre>"), "INT: a", "P07: b"), normalised("del.html", page("kept<del>removed</del>"), "kept", lacks=("removed",)),
        ok("emphasis.md", "**INT:** How is it?\n\n**P07:** We *wait* <inaudible>.\n", "INT: How is it?", "P07: We wait <inaudible>."), ok("breaks.md", "INT: How?\nP07: Well.\n", "INT: How?", "P07: Well."),
        normalised("front_matter.md", "---\nauthor: Anna Smith\n---\nINT: How?\n\nP07: Well.\n", "P07: Well.", lacks=("Anna Smith",)), normalised("comment.md", "INT: How? <!-- Anna Smith -->\n\nP07: Well.\n", lacks=("Anna Smith",)),
        ok("link.md", "INT: How?\n\nP07: [words](javascript:alert(1)) ![](http://127.0.0.1:9/x)\n", lacks=()), refused("empty.md", "\n", "no words found"),
    ]


def captions() -> list[Case]:
    cue = lambda n, words, begins=None: f"{n}\n00:00:{n if begins is None else begins:02}.000 --> 00:00:{n + 1:02}.000\n{words}\n\n"  # noqa: E731
    vtt = lambda *cues: "WEBVTT\n\n" + "".join(cues)  # noqa: E731
    two = (cue(1, "Anna: How is it?"), cue(2, "Bo: We wait."), cue(3, "Anna: And?"), cue(4, "Bo: Nothing."))
    return [
        normalised("zoom.vtt", vtt(*two), "How is it?", "Nothing.", told="times of 4 turns kept"), normalised("teams.vtt", vtt(cue(1, "<v Anna B>How is it?</v>"), cue(2, "<v Bo>We wait.</v>")), "How is it?", lacks=("<v",)),
        normalised("joined.vtt", vtt(cue(1, "Anna: one"), cue(2, "Anna: two"), cue(3, "Bo: three"), cue(4, "Bo: four")), "one two", "three four", told="4 cues became 2 turns"), warned("unnamed.vtt", vtt(*two, cue(5, "and more")), "Nothing. and more", told="1 cues name no speaker"),
        normalised("note_style_region.vtt", vtt("STYLE\n::cue { color: red }\n\n", "NOTE Anna Smith\nsaid so\n\n", *two), lacks=("color", "Anna Smith"), told="2 notes or styles"), normalised("tags.vtt", vtt(cue(1, "Anna: <c.x>How</c> <i>is</i> <00:00:01.500>it &amp; you?"), *two[1:]), "How is it & you?"),
        normalised("laughs.vtt", vtt(cue(1, "Anna: I <laughs> know"), *two[1:]), "I <laughs> know"), warned("overlap.vtt", vtt(*two, cue(3, "Anna: Late.")), "Late.", told="odd"), warned("negative.vtt", vtt(*two, cue(7, "Anna: Backwards.", 9)), "Backwards.", told="odd"),
        warned("no_time.vtt", vtt(*two, "x --> y\nAnna: Timeless.\n"), "Timeless."), warned("absurd.vtt", vtt(*two, "99:99:99 --> 1\nAnna: Absurd.\n"), "Absurd."), normalised("no_header.vtt", "".join(two), "Nothing."), refused("header_only.vtt", "WEBVTT\n", "no words found"), refused("empty.vtt", "", "no words found"),
        normalised("blank_in_cue.srt", cue(1, "Anna: one\n\nand on").replace(".000", ",000") + cue(2, "Bo: two").replace(".000", ",000"), "one and on", "two"), normalised("plain.srt", "".join(two).replace(".000", ",000"), "Nothing."),
        normalised("no_blank_lines.srt", "".join(two).replace(".000", ",000").replace("\n\n", "\n"), "Nothing.", lacks=("How is it? 2",)), normalised("two_voices.srt", cue(1, "- Anna: Yes?\n- Bo: No.") + cue(2, "Anna: So.") + cue(3, "Bo: Well."), "Yes?", "No."), normalised("crlf.srt", "".join(two).replace("\n", "\r\n"), "Nothing."),
        refused("cp1252.srt", "".join(two).replace("wait", "café").encode("cp1252"), "is not UTF-8"), normalised("truncated.vtt", vtt(*two)[:-4], "Noth"), normalised("number_words.srt", cue(1, "Anna: How many?") + cue(2, "Bo:  42") + cue(3, "Anna: So.") + cue(4, "Bo: Yes."), "42"),
    ]


def tables() -> list[Case]:
    rows = (("speaker", "text"), ("INT", "How is it?"), ("P07", "We wait."), ("INT", "null"), ("P07", "-2"))
    csv = "\n".join(",".join(row) for row in rows) + "\n"
    bomb = xlsx(*rows)
    return [
        ok("plain.csv", csv, "We wait.", "null", "-2"), ok("semicolons.csv", csv.replace(",", ";"), "We wait."), ok("tabs.csv", csv.replace(",", "\t"), "We wait."), ok("quoted.csv", csv.replace("We wait.", '"We, ""wait""\nstill."'), 'We, "wait"', "still."), ok("formula.csv", csv.replace("We wait.", "=1+1"), "=1+1"),
        ok("na.csv", csv.replace("We wait.", "NA"), "NA"), refused("ragged.csv", csv + "INT\n", "do not fit the header"), refused("unclosed.csv", csv + 'INT,"open\n', "cannot be read"), refused("header_only.csv", "speaker,text\n", "no rows found"), refused("no_text.csv", "a,b\n1,2\n", "which column holds the text"),
        refused("two_alike.csv", csv.replace("speaker,text", "text,text"), "two columns"), ok("huge_cell.csv", csv + "P07," + "word " * 50_000 + "end\n", "end"), refused("two_tables.csv", csv + "\na,b,c,d\n1,2,3,4\n", "do not fit the header"), ok("survey.csv", "Case,Age,words\nS1,24,I like it\n", "I like it", options={"answers": ["words"]}),
        warned("survey_silent.csv", "Case,Age,words\nS1,24,I like it\nS2,30,\n", "I like it", told="1 of 2 rows", options={"answers": ["words"]}), refused("survey_empty.csv", "Case,Age,words\nS1,24,\n", "nobody answered", options={"answers": ["words"]}), refused("survey_column.csv", "Case,words\nS1,x\n", "no column “why”", options={"answers": ["why"]}),
        ok("plain.xlsx", xlsx(*rows), "We wait.", "null", "-2"), normalised("sheets.xlsx", xlsx(*rows, sheets=3), "We wait.", told="2 others were not"), ok("numbers.xlsx", xlsx(("speaker", "text"), ("INT", 7), ("P07", 2.0), ("P07", True)), "INT: 7", "P07: 2", "P07: True"), ok("formula_text.xlsx", xlsx(("speaker", "text"), ("INT", "How?"), ("P07", "'=1+1")), "'=1+1"),
        refused("empty.xlsx", xlsx(), "no rows found"), refused("gap.xlsx", xlsx(("speaker", None, "text"), ("a", "b", "c")), "has no heading"), refused("not_a_zip.xlsx", csv, "damaged"), refused("docx_renamed.xlsx", docx(), "no workbook"), refused("truncated.xlsx", bomb[:700], "damaged"),
        refused("xxe.xlsx", xlsx_with("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]><workbook>&x;</workbook>'), "document type"), refused("bomb.xlsx", xlsx_with("xl/sharedStrings.xml", b"<sst>" + b" " * 80_000_000 + b"</sst>"), "too large"), refused("broken_sheet.xlsx", xlsx_with("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>"), "damaged"),
        ok("survey.xlsx", xlsx(("Case", "Age", "words"), ("S1", 24, "I like it")), "I like it", options={"answers": ["words"]}), refused("no_sheet.xlsx", xlsx(*rows), "no sheet “x”", options={"sheet": "x"}),
    ]


def xlsx_with(name: str, content: bytes) -> bytes:
    """A workbook in which one part holds something else."""
    import io

    with zipfile.ZipFile(io.BytesIO(xlsx(("speaker", "text"), ("INT", "How?"), ("P07", "Well.")))) as book:
        return zipped({**{part: book.read(part) for part in book.namelist()}, name: content})


def pdfs() -> list[Case]:
    import zlib

    def made(stream: bytes, filters: str = "", trailer: str = "") -> bytes:
        objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                   b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
                   f"<< /Length {len(stream)} {filters} >>\nstream\n".encode() + stream + b"\nendstream", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
        body, places = b"%PDF-1.4\n", []
        for number, content in enumerate(objects, start=1):
            places.append(len(body))
            body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
        table = "".join(f"{place:010} 00000 n \n" for place in places)
        return body + f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R {trailer} >>\nstartxref\n{len(body)}\n%%EOF\n".encode()

    drawn = b"BT /F1 10 Tf 50 700 Td (INT: How is it?) Tj 0 -30 Td (P07: We wait.) Tj ET"
    return [
        warned("plain.pdf", made(drawn), "INT: How is it?", "P07: We wait.", told="made from a PDF"), warned("flate.pdf", made(zlib.compress(drawn), "/Filter /FlateDecode"), "P07: We wait."),
        warned("metadata.pdf", made(drawn, trailer="/Info << /Author (Anna Smith) >>"), lacks=("Anna Smith",)), refused("not_pdf.pdf", TALK, "no PDF"), refused("empty.pdf", "", "no PDF"), refused("head_only.pdf", "%PDF-1.4\n", "damaged"),
        refused("scanned_no_text.pdf", made(b""), "pages are pictures"), refused("truncated.pdf", made(drawn)[:250], "pdf: "), refused("encrypted.pdf", made(drawn, trailer="/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <{0}> /U <{0}> >> /ID [<00> <00>]".format("41" * 32)), "password"),
    ]


CASES = [*text(), *word(), *opendocument(), *rich_text(), *web(), *captions(), *tables(), *pdfs()]
