"""The photographs of the sample visit: drawn, plain, readable, and marked CONTOH."""

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum

from assessor_app.services.sample import (
    board_scenes,
    channel_scenes,
    entrance_scenes,
    hall_scenes,
    paper_scenes,
)
from assessor_app.services.sample.canvas import HEIGHT, INK, PAPER, WIDTH, YELLOW, Picture, font
from assessor_app.services.sample.exif import exif, stored
from assessor_app.texts import Language, say

_QUALITY = 86


class Scene(StrEnum):
    """What a drawn photograph shows; its caption is the text `sample.scene.<value>`."""

    COUNTER = "counter"
    QUEUE_MACHINE = "queue_machine"
    WAITING_ROOM = "waiting_room"
    PRIORITY_COUNTER = "priority_counter"
    BOARD_WITHOUT_PLEDGE = "board_without_pledge"
    BOARD_WITH_PLEDGE = "board_with_pledge"
    PLEDGE_DOCUMENT = "pledge_document"
    REQUIREMENTS_BOARD = "requirements_board"
    WALL_WITHOUT_FLOW_CHART = "wall_without_flow_chart"
    FLOW_CHART_POSTED = "flow_chart_posted"
    FLOW_CHART_IN_BINDER = "flow_chart_in_binder"
    FEE_BOARD = "fee_board"
    VISION_BOARD = "vision_board"
    RAMP = "ramp"
    ENTRANCE_WITH_STEPS = "entrance_with_steps"
    ACCESSIBLE_TOILET = "accessible_toilet"
    STAFF_TOILET = "staff_toilet"
    COMPLAINT_BOX = "complaint_box"
    COMPLAINT_BOX_WITH_NOTICE = "complaint_box_with_notice"
    COMPLAINT_BOX_WITHOUT_NOTICE = "complaint_box_without_notice"
    COMPLAINT_DESK_UNATTENDED = "complaint_desk_unattended"
    COMPLAINT_PROCEDURE = "complaint_procedure"
    LEAFLET_RACK = "leaflet_rack"
    WEBSITE = "website"
    SURVEY_KIOSK = "survey_kiosk"
    DOCUMENTS = "documents"
    UNIFORM = "uniform"


_DRAWN: Mapping[Scene, Callable[[], Picture]] = {
    Scene.COUNTER: hall_scenes.service_counter,
    Scene.QUEUE_MACHINE: hall_scenes.queue_machine,
    Scene.WAITING_ROOM: hall_scenes.waiting_room,
    Scene.PRIORITY_COUNTER: hall_scenes.priority_counter,
    Scene.BOARD_WITHOUT_PLEDGE: board_scenes.board_without_pledge,
    Scene.BOARD_WITH_PLEDGE: board_scenes.board_with_pledge,
    Scene.PLEDGE_DOCUMENT: paper_scenes.pledge_document,
    Scene.REQUIREMENTS_BOARD: board_scenes.requirements_board,
    Scene.WALL_WITHOUT_FLOW_CHART: board_scenes.wall_without_flow_chart,
    Scene.FLOW_CHART_POSTED: board_scenes.flow_chart_posted,
    Scene.FLOW_CHART_IN_BINDER: paper_scenes.flow_chart_in_binder,
    Scene.FEE_BOARD: board_scenes.fee_board,
    Scene.VISION_BOARD: board_scenes.vision_board,
    Scene.RAMP: entrance_scenes.ramp,
    Scene.ENTRANCE_WITH_STEPS: entrance_scenes.entrance_with_steps,
    Scene.ACCESSIBLE_TOILET: entrance_scenes.accessible_toilet,
    Scene.STAFF_TOILET: entrance_scenes.staff_toilet,
    Scene.COMPLAINT_BOX: channel_scenes.complaint_box,
    Scene.COMPLAINT_BOX_WITH_NOTICE: channel_scenes.complaint_box_with_notice,
    Scene.COMPLAINT_BOX_WITHOUT_NOTICE: channel_scenes.complaint_box_without_notice,
    Scene.COMPLAINT_DESK_UNATTENDED: channel_scenes.complaint_desk_unattended,
    Scene.COMPLAINT_PROCEDURE: paper_scenes.complaint_procedure,
    Scene.LEAFLET_RACK: channel_scenes.leaflet_rack,
    Scene.WEBSITE: channel_scenes.website,
    Scene.SURVEY_KIOSK: channel_scenes.survey_kiosk,
    Scene.DOCUMENTS: paper_scenes.documents,
    Scene.UNIFORM: paper_scenes.uniform,
}


def draw(
    scene: Scene,
    *,
    taken: datetime,
    place: tuple[float, float] | None,
    orientation: int = 1,
) -> bytes:
    """A 12-megapixel JPEG of a scene, as a phone would have written it.

    `place` is latitude and longitude in degrees. A reader that heeds the EXIF orientation (1 to 8)
    shows the scene upright. The same arguments give the same bytes under one version of Pillow.
    Raises ValueError for a time without zone or another orientation.
    """
    picture = _DRAWN[scene]()
    _tag(picture)
    pixels = stored(picture.image, orientation)
    block = exif(taken, place, orientation=orientation, size=pixels.size)
    photograph = io.BytesIO()
    # Without chroma subsampling: red and blue letters on signs stay sharp.
    pixels.save(photograph, "JPEG", quality=_QUALITY, subsampling=0, exif=block)
    return photograph.getvalue()


def caption(scene: Scene, language: Language) -> str:
    return say(language, f"sample.scene.{scene.value}")


def _tag(picture: Picture) -> None:
    """The mark in the corner that tells a sample from a record."""
    right, bottom, width, height = WIDTH - 70, HEIGHT - 70, 520, 150
    box = (right - width, bottom - height, right, bottom)
    picture.pen.rounded_rectangle(box, radius=30, fill=YELLOW, outline=PAPER, width=8)
    middle = (right - width / 2, bottom - height / 2)
    picture.pen.text(middle, "CONTOH", font=font(100, bold=True), fill=INK, anchor="mm")
