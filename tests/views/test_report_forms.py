from __future__ import annotations

import pytest

from reports.forms import FORMS
from tests.views.conftest import Visit
from views.report_job import form_name
from workspace.service import Workspace

OTHERS = [suffix for suffix in FORMS if suffix != "pdf"]


@pytest.mark.parametrize("suffix", OTHERS)
def test_each_form_is_made_on_the_page_and_goes_stale(desk: Workspace, visit: Visit, suffix: str) -> None:
    """A form is offered for download once made, not for another form, and a change withdraws it."""
    id_ = desk.example()
    app = visit("report", a=id_)
    app.radio(key="form-chosen").set_value(suffix).run()
    app.button(key="form-make").click().run()
    assert not app.exception
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == [f"Download the {form_name(FORMS[suffix])}", "Download the export"]
    other = next(each for each in OTHERS if each != suffix)
    app.radio(key="form-chosen").set_value(other).run()
    assert len(app.get("download_button")) == 1
    app.radio(key="form-chosen").set_value(suffix).run()
    desk.describe_as(id_, name="Another name")
    app.run()
    assert len(app.get("download_button")) == 1
    assert any("Make it again" in info.value for info in app.info)
