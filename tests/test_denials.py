"""What denies deaths, and what only leaves them open: a wrong 0 is a falsehood, a missing one is not."""

import pytest

from mali_chrono.figures.denials import denies, denies_deaths

DENY = [
    "There were no fatalities.", "No fatalities.", "Nobody died.", "No one was killed.", "Nobody was hurt.",
    "The blast hurt nobody and broke a window.", "Nobody was killed or wounded.", "No one was injured or killed.",
    "The mine went off without causing any casualties.", "The shell did not cause any casualties or damage.",
    "No casualties reported, although a truck burnt.", "No deaths or injuries were reported.",
    "The rocket did not kill anyone.", "There was no loss of life.", "No injuries or fatalities were recorded.",
    "A bloodless coup.", "Zero casualties.", "The raid killed no one.", "No casualties/damages.",
]  # fmt: skip
DENY_NOTHING = [
    "Outcome not reported and casualties unknown.", "No details of casualties.", "No details on casualties.",
    "The tourist, who is not named, was later killed.", "It is not known how many were killed.",
    "No information is available regarding deaths and injuries.",
    "No outcome reported and eventual casualties unknown.",
    "It was not clear if the rockets caused any injuries.", "No details about target or injuries.",
    "Shells fell, still no eventual casualty toll available.", "No outcome of the attack or casualties reported.",
    "No reliable information available on eventual casualties.", "Fatalities not yet confirmed.",
    "It is not known whether there were no casualties.", "No casualty figures were given.",
    # Of some only.
    "He shot and wounded a guard but no troops were injured.", "No civilians were killed.", "No civilian casualties.",
    "The army suffered no casualties.", "There were no casualties among the soldiers.",
    "No casualties were reported on the side of the army.", "No casualties reported from the army.",
    "Nobody else was killed.", "No further casualties.", "The group said that it had no casualties.",
    "None of the hostages was killed.",
    # Less than death.
    "No injuries reported.", "Nobody was injured.",
    "The rockets did not reach the town but wounded one and killed a cow.",
    # And more than one sentence.
    "No casualties in the first attack. In the second a man was killed.",
    "No casualties. The toll of the army is unknown.",
    "Rebels attacked soldiers.", "", "Almost no casualties.", "The prefect denied that there were no casualties.",
]  # fmt: skip


@pytest.mark.parametrize("text", DENY)
def test_what_denies_deaths(text):
    assert denies_deaths(text)
    assert denies(text)


@pytest.mark.parametrize("text", DENY_NOTHING)
def test_what_denies_none(text):
    assert not denies_deaths(text)


@pytest.mark.parametrize("text", DENY_NOTHING[:15])
def test_what_is_not_known_is_no_zero_for_the_proof(text):
    assert not denies(text)


@pytest.mark.parametrize("text", ["Nobody was injured.", "No civilians were killed.", "The crew was unscathed."])
def test_the_proof_takes_what_denies_a_part(text):
    assert denies(text)
