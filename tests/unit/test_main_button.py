"""The page draws one button as the one that goes on, and none where all of them only lead away."""

import pytest

from bot.conversation import LOOKS, render
from bot.dialogue import Say, Steer, SteeringWord
from bot.language import Words, _

BACK, LEAVE = Steer(SteeringWord.BACK, _("Back")), Steer(SteeringWord.LEAVE, _("Leave"))
SEND = Steer(SteeringWord.SEND, _("Send it"))


@pytest.mark.parametrize(
    ("steering", "main"), [((BACK, LEAVE), ""), ((SEND, BACK), "Gửi"), ((BACK, SEND), ""), ((), "")]
)
def test_only_what_goes_on_is_the_main_button(steering: tuple[Steer, ...], main: str) -> None:
    drawn = render(Say([_("Back")], steering=steering), LOOKS["web"], Words("vi"))
    assert drawn.main == main
    assert drawn.to_json().get("main", "") == main
