"""ProQuest, Europresse and Mediargus: every document is an article or left out with a reason."""

from email.message import EmailMessage

import pytest
from dateline.read.forms.databases import FORMS
from dateline.read.forms.item import Item, NotThisForm, Source, Unreadable
from hypothesis import given, settings
from hypothesis import strategies as st

PROQUEST = """<div>{note}<a name="DocID_MSTAR_1"></a><p></p>
<p style="font-weight:bold">Ferry runs on</p>
<p><strong>Author:  </strong>Brel, Ida; Quarn, Tom</p>
<p><a href="https://search.proquest.com/docview/1?accountid=77">ProQuest document link</a></p>
<p><strong>Abstract:  </strong>None available.</p>
<div><strong>Links: </strong><a href="https://library.example/{gap}>Get it at Hask</a></div>
<p><strong>Full text: </strong><Text WordCount="9" HTMLContent="true"><html><head><title></title>
</head><body><div class="document_view_image"><a>Enlarge this image.</a>
<div class="document_view_caption"><p>The ferry at the quay.</p></div></div>
<p>The ferry would run until</p><p><strong>Note:</strong> the bridge is open.</p>
</body></html></Text></p>
<p><strong>Subject: </strong>Ferries</p>
<p><strong>Publication title: </strong>Marrin Tidings,  Late Edition (East); Marrin, M.</p>
<p><strong>Publication date: </strong>Mar 3, 2025</p>
<p><strong>Publisher: </strong>Tidings Media</p>
<p><strong>ProQuest document ID: </strong>1</p>
<p><strong>Document URL: </strong>https://www.proquest.com/docview/1/se-2?accountid=77</p></div>
<div><a name="DocID_MSTAR_2"></a><p>Snow</p><p><strong>Abstract: </strong>Snow fell.</p>
<p><strong>Full text: </strong>Not available.</p><p><strong>Publication title: </strong>The Sun</p>
<p><strong>Publication date: </strong>Mar 4, 2025</p></div>"""
EUROPRESSE = """<html xmlns:n1="http://www.cedrom-sni.com/schema/newsv1.xsd"><body><table><tr><td>
<span class="DocPublicationName">Le Phare, no. 5968</span><br><span class="DocHeader">Mer, </span>
<span class="DocHeader">lundi </span><span class="DocHeader">3 mars 2025</span>
<span class="DocHeader">, p. 03</span><br><br>EN MER<br><span class="TitreArticleVisu">Le bac
<span style="color:red">attend</span></span><br><br>Anne Orle<br><p></p>
Le bac attend le pont.<p></p>
Rien d'autre.<p></p>Note(s) :<p></p>Une note.<p></p>
<b>© 2025 Le Phare. Tous droits réservés.</b><p></p>
Numéro de document : news·20250303·LP·1<br>Ce certificat est émis à <b>PRIVATA</b></td></tr></table>
<table><tr><td><span class="DocPublicationName">Le Phare</span><br>Sans date<br></td></tr></table>
</body></html>"""
DEFACTO = """<html><title>DeFacto - Ausdruck</title><body><div class="eintrag">
<pre>"Hasker Bote" Nr. 14/2025 vom 03.03.2025         Seite: 23
Ressort: Lokales</pre><h3>Fähre fährt</h3><p>  Die Fähre fährt
bis zur Brücke.</p></div><div class="eintrag"><pre>Ohne Datum</pre></div></body></html>"""
MEDIARGUS = """1. De veerboot blijft

De Baken, maandag 3 maart 2025, p. 4, 9w.

De veerboot vaart ...


2. Sneeuw

De Baken, dinsdag 4 maart 2025, p. 5, 2w.

Sneeuw viel.





03-03-2025, p.4

Regio

De veerboot blijft

De veerboot vaart tot de brug open is, zei zij.

 © Baken
"""


def mail(page):
    message = EmailMessage()
    message["From"], message["To"] = "noreply@proquest.com", "privata@hask.example"
    message["Subject"] = "Your ProQuest Research - PRIVATA"
    message.set_content("See the page.")
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    return message.as_bytes()


def read(data):
    source = Source("export", data=data)
    for form in FORMS:
        if form.fits(source.head(), "export"):
            try:
                contents = form.read(source)
            except NotThisForm:
                continue
            return form.name, contents, list(contents.items)
    return None, None, []


def kinds(item):
    return [(part.kind, item.text[part.start : part.end]) for part in item.parts]


PAGE = PROQUEST.format(note="", gap='"')


def test_a_proquest_page_gives_its_documents():
    form, contents, items = read(PAGE.encode())
    assert (form, contents.n_stated, len(items)) == ("ProQuest HTML", 2, 2)
    assert items[0].fields == {
        "n_words_stated": "9",
        "title": "Ferry runs on",
        "byline": "Brel, Ida; Quarn, Tom",
        "subject": "Ferries",
        "outlet": "Marrin Tidings",
        "edition": "Late Edition (East)",
        "date": "Mar 3, 2025",
        "publisher": "Tidings Media",
        "source_id": "1",
        "url": "https://www.proquest.com/docview/1/se-2",
    }
    assert kinds(items[0]) == [
        ("heading", "Ferry runs on"),
        ("caption", "The ferry at the quay."),
        ("body", "The ferry would run until"),
        ("body", "Note: the bridge is open."),
    ]
    assert items[1].left_out == "only a summary"


def test_a_mail_gives_what_the_page_gives_and_no_address():
    page = PROQUEST.format(note="<p>PRIVATA wrote: read this</p>", gap='"')
    form, contents, items = read(mail(page))
    assert (form, contents.n_stated) == ("ProQuest mail", 2)
    assert items == read(PAGE.encode())[2]
    assert not any("privata" in str(item).lower() for item in items)


def test_a_missing_quotation_mark_swallows_no_document():
    items = read(PROQUEST.format(note="", gap="").encode())[2]
    assert [item.fields["title"] for item in items] == ["Ferry runs on", "Snow"]
    assert kinds(items[0]) == kinds(read(PAGE.encode())[2][0])


def test_an_unknown_interface_is_refused_with_its_line():
    page = '<p>ProQuest</p><a name="DocID_1"></a><p>Neue Ordnung</p><p><b>Volltext: </b>x</p>'
    with pytest.raises(Unreadable, match="'Neue Ordnung'"):
        read(page.encode())


def test_a_europresse_page_gives_its_documents():
    form, contents, items = read(EUROPRESSE.encode())
    assert (form, contents.n_stated) == ("Europresse HTML", 2)
    assert items[0].fields == {
        "outlet": "Le Phare",
        "edition": "5968",
        "section": "Mer",
        "date": "lundi 3 mars 2025",
        "page": "03",
        "title": "Le bac attend",
        "subtitle": "EN MER",
        "byline": "Anne Orle",
        "copyright": "© 2025 Le Phare. Tous droits réservés.",
        "source_id": "news·20250303·LP·1",
    }
    assert kinds(items[0]) == [
        ("heading", "Le bac attend"),
        ("body", "Le bac attend le pont."),
        ("body", "Rien d'autre."),
        ("trailer", "Une note."),
    ]
    assert items[1].left_out == "in no known layout: 'Le Phare Sans date'"
    assert "PRIVATA" not in str(items)


def test_a_mediargus_list_pairs_its_entries_with_its_articles():
    form, contents, items = read(MEDIARGUS.encode())
    assert (form, contents.n_stated) == ("Mediargus TXT", 2)
    assert items[0].text == "De veerboot blijft\n\nDe veerboot vaart tot de brug open is, zei zij."
    assert items[0].fields == {
        "title": "De veerboot blijft",
        "outlet": "De Baken",
        "date": "maandag 3 maart 2025",
        "page": "4",
        "edition": "Regio",
        "n_words_stated": "9",
        "copyright": "© Baken",
    }
    assert [(item.number, item.left_out) for item in items] == [(1, ""), (2, "only its summary")]


def test_a_defacto_page_gives_its_entries():
    form, contents, items = read(DEFACTO.encode())
    assert (form, contents.n_stated) == ("DeFacto HTML", 2)
    assert items[0].text == "Fähre fährt\n\nDie Fähre fährt bis zur Brücke."
    assert items[0].fields == {
        "outlet": "Hasker Bote",
        "edition": "14/2025",
        "date": "03.03.2025",
        "page": "23",
        "section": "Lokales",
        "title": "Fähre fährt",
    }
    assert items[1].left_out == "in no known layout: 'Ohne Datum'"


def test_other_files_are_not_taken_for_exports():
    assert read(b"From: a@b.example\nSubject: x\n\nProQuest is a database.\n") == (None, None, [])
    assert read(b"<html><body>europresse</body></html>") == (None, None, [])
    assert read(b"1. Snow\n\nSnow fell.\n") == (None, None, [])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_files_are_refused_or_read_and_never_fail(data):
    texts = [PAGE, EUROPRESSE, MEDIARGUS]
    raw = data.draw(st.sampled_from([*(text.encode() for text in texts), mail(PAGE)]))
    at, cut = (data.draw(st.integers(0, len(raw))) for _ in range(2))
    try:
        items = read(raw[:at] + data.draw(st.binary(max_size=6)) + raw[max(at, cut) :])[2]
    except Unreadable:
        return
    assert all(isinstance(item, Item) for item in items)
