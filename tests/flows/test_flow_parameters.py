"""What the form of a run offers and refuses."""

import pytest
from flows.extract_articles import extract_articles
from prefect.exceptions import ParameterTypeError


@pytest.mark.parametrize("address", ["tcp://10.0.0.5:8786", "local:2", "", None])
def test_a_run_takes_the_address_of_a_cluster(address: str | None) -> None:
    taken = extract_articles.validate_parameters({"inputs": ["news"], "cluster": address})
    assert taken["cluster"] == address


@pytest.mark.parametrize("address", ["10.0.0.5", "local", "http://10.0.0.5:8786"])
def test_a_run_refuses_what_is_no_address_of_a_cluster(address: str) -> None:
    with pytest.raises(ParameterTypeError, match="cluster"):
        extract_articles.validate_parameters({"inputs": ["news"], "cluster": address})
