"""The sample round: one visit ready to be reviewed and signed, one that has just begun."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from assessor_app.ui.desk import Desk
from assessor_app.ui.tasks import Tell


def loading(desk: Desk) -> Callable[[Tell], str]:
    """The work of loading it, for a worker; its result is the id of the visit to be signed."""

    def load(tell: Tell) -> str:
        # It draws and reads forms: Pillow and pydantic, which only this needs.
        from assessor_app.services import results
        from assessor_app.services.sample import walk
        from assessor_app.services.sample.published import (
            published_results,
        )
        from assessor_app.services.sample.visit import sample_visit

        workplace, library = desk.workplace, desk.application.library
        sample = sample_visit()
        if not results.published(workplace.store):
            results.register(workplace.store, published_results())
        tell(desk.say("visits.sample_recording"))
        session = walk.start(workplace, sample, library)
        walk.record(session, workplace, sample)
        with tempfile.TemporaryDirectory(prefix="assessor-") as folder:
            drawn = walk.photograph(session, workplace, sample, folder=Path(folder))
            for count, _name in enumerate(drawn, start=1):
                tell(desk.say("visits.sample_photo", count=count))
        walk.finish_findings(session, workplace, sample)
        tell(desk.say("visits.sample_second"))
        just_now = sample.visit.model_copy(update={"minutes": 0})
        walk.start(workplace, sample.model_copy(update={"visit": just_now}), library)
        return session.visit_id

    return load
