"""A group's sheet goes to a tutor and back, on three phones: a resident's in Italian, another
member's in Arabic, and the tutors' group.
"""

import datetime as dt
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, ViewportSize, expect
from sqlalchemy import update
from sqlalchemy.orm import Session

from db.groups import Group, Member
from db.tables import Answer, Idea
from locales import translator
from school.phrases import isolated
from school.staff import TUTOR
from tests.browser.phones import opened, phone, texts
from tests.browser.scenes import Scene, set_clocks
from tests.databases import Files
from tests.desk import DESK, at_desk
from tests.stories import groups_made
from tests.stories.test_staff import works
from tests.world import World, world

ADA, AMINA, TOM = 1001, 1002, 1003
SIZE = ViewportSize(width=1320, height=1000)
# The phones' clock never goes back: a year that will be ahead for long, with the days of 2026.
NOW = dt.datetime(2037, 11, 20, 9, 0, tzinfo=dt.UTC)
IT, AR = translator.words("it").one, translator.words("ar").one
BEFORE = "Le lampade rotte si buttano"
ANSWERS: dict[str, Any] = {
    "sentence": {"text": "Un angolo in cortile dove si aggiustano lampade", "voices": []},
    "where": {"places": ["79"]},
    "for_whom": {"choices": ["older"], "other": ""},
    "need": {"text": BEFORE, "voices": []},
    "exists": {"ready": "nothing"},
    "income": {"choices": ["own_work"], "other": ""},
    "people": {"number": "2"},
    "help": {"choices": ["place"], "other": ""},
}
WHOSE = "Di chi sono le lampade? Quante se ne buttano in un mese?"
SHOP = "In via Baldinucci c'è una ciclofficina: avete parlato con loro?"
OURS = "Le lampade di chi abita nel nostro cortile: ne contiamo una decina al mese"


@pytest.fixture
async def town(files: Files) -> AsyncGenerator[World]:
    async with world(await files.fresh()) as made:
        await set_clocks(made, NOW)
        yield made


async def group(town: World) -> None:
    """Ada and Amina have a sheet with all answers, which Amina gave."""

    def make(session: Session) -> None:
        ada = groups_made.person(session, town, ADA, "Ada", "it")
        amina = groups_made.person(session, town, AMINA, "أمينة", "ar")
        made = Group(name="Le lampade", lead_id=ada.id, created_at=NOW)
        session.add(made)
        session.flush()
        for one in (ada, amina):
            session.add(Member(person_id=one.id, group_id=made.id, joined_at=NOW))
        idea = Idea(group_id=made.id, created_at=NOW, title="Lampade per tutti")
        session.add(idea)
        session.flush()
        groups_made.given(session, idea, ANSWERS, NOW)
        session.execute(update(Answer).values(person_id=amina.id))

    await town.in_database(make)
    await groups_made.phone(town, ADA, "Ada", "it")
    await groups_made.phone(town, AMINA, "Amina", "ar")


async def test_a_sheet_goes_to_a_tutor_and_back(
    browser: Browser, town: World, screenshots: Path
) -> None:
    await at_desk(town, await works(town, TUTOR, number=TOM, name="Tom"))
    await group(town)
    phones = f"{town.emulator.url}/?phones={ADA},{AMINA},{DESK}"
    async with opened(browser, phones, SIZE) as page:
        scene = Scene(town, page, screenshots, "handoff")
        for part in (agreed, taken, asked, sent_back, changed, sent_again, ready):
            await part(scene)


async def reads(scene: Scene, who: int, *lines: str) -> None:
    """A phone's newest message says this, and no more."""
    await expect(texts(scene.page, who).last).to_have_text("\n".join(lines))


async def agreed(scene: Scene) -> None:
    """Both agree with a tap, and the sheet has a topic of its own."""
    await scene.taps(ADA, IT("Send it to a tutor"))
    await scene.reads(ADA, "Parte solo quando tutto il gruppo dice di sì.")
    await scene.taps(ADA, IT("Yes, ask the others"))
    await scene.reads(ADA, f"Ancora nessuna risposta: {isolated('أمينة')}")
    await scene.reads(AMINA, "لا تُرسل إلا بموافقة الجميع. لا داعي للعجلة.")
    await scene.shows("1-asked")
    await scene.taps(AMINA, AR("I agree"))
    await reads(
        *(scene, ADA),
        "Ora la scheda è dai tutor. Scrivo qui quando una persona la prende.",
        "Versione 1",
    )
    await scene.reads(AMINA, "الآن الجميع موافقون.")


async def taken(scene: Scene) -> None:
    """A tutor takes it: both know who that is, and when an answer is expected."""
    tutors = phone(scene.page, DESK)
    await tutors.get_by_role("tab", name="Lampade per tutti · Dergano").click()
    await expect(tutors.get_by_text("scheda-2037-11-20.pdf")).to_be_visible()
    await scene.shows("2-sent")
    await scene.taps(DESK, IT("Take it"))
    await expect(scene.said(DESK, "Gruppo: Le lampade")).to_contain_text("Ce l'ha Tom.")
    await reads(
        *(scene, AMINA),
        *(f"البطاقة الآن عند {isolated('Tom')}.", "يمكنكم التراسل هنا. سأخبرك بكل خطوة."),
    )
    await scene.taps(ADA, IT("Where my sheet is"))
    await scene.reads(ADA, "La risposta dovrebbe arrivare entro martedì 1 dicembre.")


async def asked(scene: Scene) -> None:
    """Two comments are collected: a criterion, a question, a reply."""
    await scene.taps(DESK, IT("Ask for changes"))
    await scene.taps(DESK, "Utile")
    await scene.taps(DESK, "Il problema")
    await scene.replies(DESK, scene.said(DESK, "Rispondi a questo messaggio"), WHOSE)
    await scene.reads(DESK, f"Il problema: {WHOSE}")
    await scene.taps(DESK, IT("Another question"))
    await scene.taps(DESK, "Nuova")
    await scene.taps(DESK, "Che cosa c'è già")
    await scene.reads(DESK, "Non ho trovato niente")
    await scene.replies(DESK, scene.said(DESK, "Rispondi a questo messaggio"), SHOP)
    await scene.reads(DESK, "Che cosa c'è già: In via Baldinucci")
    await scene.shows("3-comments")


async def sent_back(scene: Scene) -> None:
    """All go at once; each member reads them in the own language, beside the own answers."""
    await scene.taps(DESK, IT("Send all"))
    await reads(
        *(scene, ADA, "Tom chiede qualche modifica:", ""),
        *("Il problema", f"La tua risposta: {BEFORE}", f"Commento: {WHOSE}", ""),
        *("Che cosa c'è già", "La tua risposta: Non ho trovato niente", f"Commento: {SHOP}"),
    )
    await reads(
        *(scene, AMINA, f"طلب تعديل من {isolated('Tom')}:", ""),
        *("المشكلة", f"إجابتك: {isolated(BEFORE)}", f"تعليق: {isolated(WHOSE)}", ""),
        *("الموجود الآن", f"إجابتك: {isolated('لم أجد شيئًا')}", f"تعليق: {isolated(SHOP)}"),
    )
    await scene.shows("4-changes-asked")


async def changed(scene: Scene) -> None:
    """The message opens the question, which says what is asked of the answer."""
    await scene.taps(ADA, "Cambia: Il problema")
    await scene.reads(ADA, f"Il tuo tutor chiede: “{WHOSE}”")
    await scene.writes(ADA, OURS)
    await scene.reads(ADA, "Il problema: Le lampade di chi")
    await scene.taps(AMINA, AR("Where my sheet is"))
    await scene.reads(AMINA, "البطاقة عندك الآن.")
    await scene.shows("5-changed")


async def sent_again(scene: Scene) -> None:
    """The tutor reads what has changed, old and new."""
    await scene.taps(ADA, IT("Send it again"))
    await scene.reads(ADA, "La scheda è di nuovo da Tom.")
    await reads(scene, AMINA, f"البطاقة من جديد عند {isolated('Tom')}.", "النسخة 2")
    await reads(
        *(scene, DESK, "Versione 2: che cosa è cambiato", ""),
        *("Il problema", f"La tua richiesta: {WHOSE}"),
        *(f"Prima: {BEFORE}", f"Ora: {OURS}"),
    )
    await scene.shows("6-what-has-changed")


async def ready(scene: Scene) -> None:
    """It is ready: the member who did nothing meanwhile sees it, too."""
    await scene.taps(DESK, IT("Ready to send"))
    await scene.reads(DESK, IT("Is it ready to send? Its people are told at once."))
    await scene.taps(DESK, IT("Yes, ready to send"))
    await scene.reads(DESK, "Pronta da inviare, dice Tom.")
    await scene.reads(ADA, "Tom dice: è pronta da inviare.")
    await scene.reads(AMINA, "البطاقة جاهزة للإرسال.")
    await scene.taps(AMINA, AR("Where my sheet is"))
    await scene.reads(AMINA, AR("Where the sheet is"))
    await scene.shows("7-ready")
