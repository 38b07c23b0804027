import pytest
from sixphase.identifiers.patterns import is_nhs_number, shapes


@pytest.mark.parametrize(("said", "rule"), [
    ("write to ann.lee@nhs.uk", "e-mail address"), ("see www.example.org/us", "web address"), ("it is @annlee there", "handle"), ("at LS1 4AP", "postcode"),
    ("ring 01632 960 417", "telephone number"), ("ring +44 7700 900158", "telephone number"), ("mine is QQ 12 34 56 C".replace("QQ", "AB"), "National Insurance number"),
    ("number 943 476 5919", "NHS number"), ("a van, NK17 OZP", "number plate"), ("53.4808, -2.2426", "coordinates"), ("on the 3rd of May", "date"), ("by 12/06/2023", "date"),
    ("in June 2023", "date"), ("cost £4.1 million", "amount of money"), ("two thousand pounds", "amount of money"), ("form DX40921", "reference number"), ("by June", "month"), ("since May", "month"),
    ("last autumn", "season"), ("at Easter", "feast"), ("the first Tuesday", "regular day"), ("on Friday the 8th of December", "date"), ("forty grand", "amount in words"),
    ("two hundred and ten thousand pound", "amount in words"), ("extension 4417", "telephone extension"), ("case ET 2500417/2022", "case number")])
def test_an_identifier_is_known_by_its_shape(said, rule):
    assert rule in [found for _, _, _, found in shapes(said)]


@pytest.mark.parametrize("said", ["about 40 of them", "in 2023", "the 47 bus", "twenty beds", "in a summer dress", "you may march", "on Monday", "943 476 5918 it said"])
def test_plain_numbers_are_none(said):
    assert not [rule for *_, rule in shapes(said) if rule != "telephone number"]


def test_the_check_digit_is_that_of_the_nhs_data_dictionary():
    # 943 476 5919: 9*10+4*9+3*8+4*7+7*6+6*5+5*4+9*3+1*2 = 299; 299 mod 11 = 2; 11 - 2 = 9, the last digit
    assert is_nhs_number("9434765919")
    assert not is_nhs_number("9434765910")
