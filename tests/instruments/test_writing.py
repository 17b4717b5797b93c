"""An instrument form written as YAML: it reads back the same, and a person can read it."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import SMALL

from assessor_app.instruments.document import read_document
from assessor_app.instruments.reading import check, load
from assessor_app.instruments.schema import InstrumentForm
from assessor_app.instruments.writing import write_yaml
from assessor_app.paths import resources_dir

FILES = sorted([*(resources_dir() / "instruments").glob("*.yaml"), *SMALL.glob("*.yaml")])


def form_of(path: Path) -> InstrumentForm:
    return InstrumentForm.model_validate(read_document(path).tree)


def written(form: InstrumentForm, folder: Path) -> Path:
    path = folder / "written.yaml"
    path.write_text(write_yaml(form), encoding="utf-8")
    return path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_reads_back_as_the_same_form(path: Path, tmp_path: Path) -> None:
    form = form_of(path)

    again = written(form, tmp_path)

    assert form_of(again) == form
    assert check(again) == check(path)
    assert write_yaml(form_of(again)) == write_yaml(form)


def test_the_same_instrument_follows_from_the_written_file(tmp_path: Path) -> None:
    shipped = load(SMALL / "small.yaml")

    again = load(written(form_of(SMALL / "small.yaml"), tmp_path))

    assert (again.dimensions, again.bands, again.object_types) == (
        shipped.dimensions,
        shipped.bands,
        shipped.object_types,
    )


def test_the_file_is_laid_out_like_the_shipped_ones() -> None:
    shipped = resources_dir() / "instruments" / "2015-pemda.yaml"
    theirs = [line for line in shipped.read_text(encoding="utf-8").splitlines() if line]

    ours = [line for line in write_yaml(form_of(shipped)).splitlines() if line]

    same = set(theirs) & set(ours)
    assert len(same) / len(set(ours)) > 0.98
    assert '  - {code: kota, name: {id: "Pemerintah kota", en: "City government"}}' in ours
    assert "            sides: [paperwork, practice]" in ours


def test_another_reader_of_yaml_finds_the_same_values() -> None:
    form = form_of(SMALL / "kinds.yaml")

    found = yaml.safe_load(write_yaml(form))

    assert found["version"] == "1"
    assert (
        found["dimensions"][0]["variables"][0]["indicators"][1]["relevant"]
        == form.dimensions[0].variables[0].indicators[1].relevant
    )
    assert [scale["kind"] for scale in found["scales"].values()] == [
        scale.kind.value for scale in form.scales.values()
    ]


# Controls and marks that turn the direction of writing are refused in any instrument's text.
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn"]) | st.sampled_from("\n\t\u2028"),
    min_size=1,
    max_size=40,
).filter(lambda text: text.strip() == text)
NAMES = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True).filter(lambda it: len(it) <= 60)
ANSWERS = st.from_regex(r"[A-Za-z0-9_]+([-.][A-Za-z0-9_]+)*", fullmatch=True).filter(
    lambda text: len(text) <= 48
)
POINTS = st.decimals(0, 999_999_999, places=9)


@settings(max_examples=60, deadline=None)
@given(
    text=TEXTS,
    name=NAMES | st.sampled_from(["null", "true", "no", "1e5", "007", "12-30", "id", "text"]),
    value=ANSWERS | st.sampled_from(["0", "-0", "1.5", "0x1f", "1_000", "Null", "2026-01-01"]),
    points=POINTS,
)
def test_any_text_name_and_number_survives(
    tmp_path_factory: pytest.TempPathFactory, text: str, name: str, value: str, points: Decimal
) -> None:
    wording = {"id": text, "en": text}
    tree = read_document(SMALL / "small.yaml").tree
    assert isinstance(tree, dict)
    level = {"value": value if value[0] != "-" else "0", "fulfilment": points, "rubric": wording}
    form = InstrumentForm.model_validate(
        tree
        | {
            "id": name,
            "title": wording,
            "legal_basis": text,
            "sources": {name: {"verified": True, "note": wording}},
            "scales": {
                name: {"kind": "ordinal", "levels": [level | {"fulfilment": f"{points:f}"}]}
            },
            "aggregation": {"rule": "mean_of_units", "source": name},
            "object_types": [{"code": name, "name": wording, "rolls_up_to": text}],
        }
    )

    again = form_of(written(form, tmp_path_factory.mktemp("written")))

    assert again == form
    assert f"{again.scales[name].levels[0].fulfilment:f}" == f"{points:f}"
