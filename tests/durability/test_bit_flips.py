"""One flipped bit anywhere in a store is noticed."""

import pytest

from bit_flips import Stores, in_evidence, in_keys, in_log, in_pages, in_sectors_of_log, stores


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Stores:
    return stores(tmp_path_factory.mktemp("stores"))


def test_a_flipped_bit_in_any_page_of_the_database_is_named(made: Stores) -> None:
    found = in_pages(made)

    assert found.flips >= 20
    assert found.named == found.flips, found.first


def test_a_flipped_bit_in_the_key_file_is_seen(made: Stores) -> None:
    found = in_keys(made, flips=8)

    assert (found.unseen, found.flips) == (0, 16), found.first


def test_a_flipped_bit_in_any_piece_of_evidence_is_named(made: Stores) -> None:
    found = in_evidence(made, flips=5)

    assert found.named == found.flips >= 10, found.first


def test_a_flipped_bit_in_the_log_that_a_crash_left_is_named(made: Stores) -> None:
    found = in_log(made, flips=8)

    assert found.named == found.flips == 8, found.first


def test_a_lost_sector_of_the_log_before_its_last_transaction_is_named(made: Stores) -> None:
    found = in_sectors_of_log(made, sectors=4)

    assert found.named == found.flips == 4, found.first
