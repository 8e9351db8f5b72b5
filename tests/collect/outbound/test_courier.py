"""The courier against the platforms' documented protocols."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.collect.outbound.conftest import KEY, HandClock, Office
from tests.collect.outbound.fake_platforms import FakePlatforms, Fault

from zhanggui.collect.outbound import AddressGuard, Channels, Courier, Fact, Message
from zhanggui.collect.outbound.courier import MOST_ATTEMPTS
from zhanggui.i18n import Text
from zhanggui.ledger.jobs import NotToResendError

ALL = ("wecom_robot", "dingtalk_robot", "feishu_robot", "webhook")
ROBOTS = ALL[:3]
TAKEN_THEN_SILENT = Fault(is_taken=True, is_dropped=True)

ALERT = Message(
    Text("店铺 旗舰店 销售额低于常态", "Sales of Flagship are below normal"),
    lines=(Text("主因：转化率下降。", "Mainly conversion."),),
    facts=(Fact(Text("影响金额", "At stake"), Text.same("¥12,340.00")),),
    link="http://127.0.0.1:8765/alerts/7?from=2026-09-01&to=2026-09-02",
)


def test_every_platform_takes_the_same_message_in_its_own_form_once(office: Office, platforms: FakePlatforms) -> None:
    office.open_all()
    assert office.outbox.put(ALERT, ALL, key="alert:7") == 4

    assert office.courier.run_due() == 4
    assert office.courier.run_due() == 0

    assert office.states() == ["sent"] * 4
    assert sorted(taken.platform for taken in platforms.taken) == ["dingtalk", "feishu", "hook", "wecom"]
    for text in platforms.texts():
        for said in (
            "店铺 旗舰店 销售额低于常态",
            "影响金额",
            "¥12,340.00",
            "主因：转化率下降。",
            "alerts/7?from=2026-09-01",
        ):
            assert said in text


def test_the_same_event_is_queued_once_for_a_channel(office: Office, platforms: FakePlatforms) -> None:
    office.open_all()

    assert office.outbox.put(ALERT, ["wecom_robot"], key="alert:7") == 1
    assert office.outbox.put(ALERT, ["wecom_robot", "wecom_robot"], key="alert:7") == 0
    office.courier.run_due()
    # Sent or not, and whatever it says now: of the two channels only the new one is told.
    assert office.outbox.put(Message(Text.same("又一次")), ["wecom_robot", "webhook"], key="alert:7") == 1
    office.courier.run_due()
    assert [taken.platform for taken in platforms.taken] == ["wecom", "hook"]


def test_a_message_for_an_unknown_channel_is_put_in_for_none(office: Office) -> None:
    office.add("webhook")

    with pytest.raises(Exception, match="There is no channel '财务群'"):
        office.outbox.put(ALERT, ["webhook", "财务群"], key="alert:7")
    assert office.states() == []


def test_an_event_whose_record_is_broken_off_is_told_to_nobody(office: Office) -> None:
    office.add("webhook")

    def record_and_fail() -> None:
        with office.state.transaction():
            office.outbox.put(ALERT, ["webhook"], key="alert:7")
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        record_and_fail()
    assert (office.states(), office.courier.run_due()) == ([], 0)


def test_a_channel_speaks_its_own_language(office: Office, platforms: FakePlatforms) -> None:
    office.channels.add("overseas", "wecom_robot", platforms.wecom, language="en")
    office.outbox.put(ALERT, ["overseas"], key="alert:7")
    office.courier.run_due()

    [text] = platforms.texts()
    assert "Sales of Flagship are below normal" in text
    assert "销售额" not in text


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize(
    ("fault", "pause"),
    [(Fault(503), 15), (Fault(500), 15), (Fault(429, {"Retry-After": "120"}), 120), (Fault(429), 60)],
    ids=["503", "500", "429 with a time", "429"],
)
def test_a_platform_that_says_it_failed_is_tried_again_later(
    office: Office, platforms: FakePlatforms, kind: str, fault: Fault, pause: float
) -> None:
    office.add(kind)
    office.put(kind)
    platforms.faults = [fault]

    office.courier.run_due()
    assert office.states() == ["waiting"]
    office.clock.advance(pause * 0.74)
    assert office.courier.run_due() == 0
    office.clock.advance(601)
    assert office.courier.run_due() == 1
    assert (office.states(), len(platforms.taken)) == (["sent"], 1)


@pytest.mark.parametrize(
    ("kind", "answer", "pause"),
    [
        ("wecom_robot", b'{"errcode": 45009, "errmsg": "api freq out of limit"}', 60),
        ("wecom_robot", b'{"errcode": -1, "errmsg": "system busy"}', 15),
        ("dingtalk_robot", b'{"errcode": 130101, "errmsg": "send too fast"}', 600),
        ("dingtalk_robot", b'{"errcode": 410100, "errmsg": "send too fast"}', 600),
        ("feishu_robot", b'{"code": 11232, "msg": "frequency limited"}', 60),
        ("feishu_robot", b'{"code": 9499, "msg": "too many request", "data": {}}', 60),
    ],
)
def test_a_robot_that_says_it_was_too_much_is_left_alone_for_its_time(
    office: Office, platforms: FakePlatforms, kind: str, answer: bytes, pause: float
) -> None:
    office.add(kind)
    office.put(kind)
    platforms.faults = [Fault(200, answer=answer)]

    office.courier.run_due()
    office.clock.advance(pause * 0.74)
    assert (office.courier.run_due(), office.states()) == (0, ["waiting"])
    office.clock.advance(pause * 0.52)
    assert (office.courier.run_due(), office.states()) == (1, ["sent"])


@pytest.mark.parametrize("kind", ROBOTS)
@pytest.mark.parametrize("is_taken", [True, False])
def test_a_robots_message_without_an_answer_is_unknown_and_never_sent_again_by_itself(
    office: Office, platforms: FakePlatforms, kind: str, is_taken: bool
) -> None:
    office.add(kind)
    office.put(kind)
    office.put(kind, title="下一条")
    platforms.faults = [Fault(is_taken=is_taken, is_dropped=True)]

    for _ in range(3):
        office.courier.run_due()
        office.clock.advance(100_000)

    # What comes after it goes out all the same.
    assert office.states() == ["unknown", "sent"]
    assert len(platforms.taken) == 1 + is_taken
    unknown = office.outbox.list_deliveries(["unknown"])[0]
    office.outbox.resend(unknown.delivery_id)
    office.courier.run_due()
    assert (office.states(), len(platforms.taken)) == (["sent", "sent"], 2 + is_taken)


@pytest.mark.parametrize("status", [502, 504, 408])
def test_what_something_on_the_way_answers_is_no_answer(office: Office, platforms: FakePlatforms, status: int) -> None:
    office.add("wecom_robot")
    office.put("wecom_robot")
    platforms.faults = [Fault(status, is_taken=True)]
    office.courier.run_due()

    assert office.only() == ("unknown", "no_answer")


@pytest.mark.parametrize("answer", [b"<html>welcome</html>", b"[]", b"{}", b'{"errcode": "0"}'])
def test_an_answer_that_nobody_understands_is_none(office: Office, platforms: FakePlatforms, answer: bytes) -> None:
    office.add("wecom_robot")
    office.put("wecom_robot")
    platforms.faults = [Fault(200, answer=answer, is_taken=True)]
    office.courier.run_due()

    assert office.only() == ("unknown", "no_answer")


def test_a_receiver_that_knows_ids_is_sent_the_same_again_and_acts_once(
    office: Office, platforms: FakePlatforms
) -> None:
    office.add("webhook")
    office.put("webhook")
    platforms.faults = [TAKEN_THEN_SILENT, Fault(504), Fault(409)]

    for _ in range(8):
        office.courier.run_due()
        office.clock.advance(300)

    ids = {headers["webhook-id"] for _, headers, _ in platforms.requests}
    assert (len(platforms.requests), len(ids), len(platforms.taken)) == (4, 1, 1)
    assert office.states() == ["sent"]


@pytest.mark.parametrize(
    ("kind", "answer", "said"),
    [
        ("wecom_robot", b'{"errcode": 93000, "errmsg": "invalid webhook url"}', "93000 invalid webhook url"),
        ("dingtalk_robot", b'{"errcode": 310000, "errmsg": "keywords not in content"}', "310000 keywords not in"),
        ("feishu_robot", b'{"code": 19024, "msg": "Key Words Not Found"}', "19024 Key Words Not Found"),
        ("feishu_robot", b'{"code": 9499, "msg": "Bad Request", "data": {}}', "9499 Bad Request"),
    ],
)
def test_what_a_platform_refuses_is_a_dead_letter_with_its_words(
    office: Office, platforms: FakePlatforms, kind: str, answer: bytes, said: str
) -> None:
    office.add(kind)
    office.put(kind)
    platforms.faults = [Fault(200, answer=answer)]
    office.courier.run_due()

    [dead] = office.outbox.list_deliveries(["refused"])
    assert (dead.reason, dead.detail.startswith(said)) == ("refused", True)
    # A person mends the robot and sends it again.
    office.outbox.resend(dead.delivery_id)
    office.courier.run_due()
    assert office.states() == ["sent"]
    with pytest.raises(NotToResendError, match="it is sent"):
        office.outbox.resend(dead.delivery_id)


def test_a_redirect_is_not_followed(office: Office, platforms: FakePlatforms) -> None:
    office.add("webhook")
    office.put("webhook")
    platforms.faults = [Fault(307, {"Location": platforms.hook})]
    office.courier.run_due()

    assert (office.only(), len(platforms.requests)) == (("refused", "refused"), 1)


def test_without_a_connection_a_message_waits_and_is_given_up_in_the_end(
    office: Office, platforms: FakePlatforms
) -> None:
    # Nothing listens on the port of a server that has stopped.
    gone = FakePlatforms()
    office.channels.add("gone", "wecom_robot", gone.wecom)
    gone.stop()
    office.put("gone")
    started = office.clock()

    n_tried = 0
    while office.states() == ["waiting"]:
        n_tried += office.courier.run_due()
        office.clock.advance(60)

    assert (n_tried, office.only()) == (MOST_ATTEMPTS, ("refused", "no_connection"))
    assert 12 < (office.clock() - started).total_seconds() / 3600 < 24


def test_nothing_overtakes_a_message_of_its_channel(office: Office, platforms: FakePlatforms) -> None:
    office.add("wecom_robot")
    office.add("webhook")
    for number in range(3):
        office.put("wecom_robot", "webhook", title=f"第{number}条")
    # The first request is the robot's.
    platforms.faults = [Fault(503)]

    office.courier.run_due()
    assert [taken.platform for taken in platforms.taken] == ["hook"] * 3
    office.clock.advance(60)
    office.courier.run_due()
    for platform in ("wecom", "hook"):
        assert [next(n for n in range(3) if f"第{n}条" in text) for text in platforms.texts(platform)] == [0, 1, 2]


def test_a_removed_channel_takes_what_waited_for_it_along(office: Office, platforms: FakePlatforms) -> None:
    office.add("wecom_robot")
    office.put("wecom_robot")

    assert office.channels.remove("wecom_robot") == 1
    office.add("wecom_robot")
    assert (office.courier.run_due(), office.only()) == (0, ("refused", "channel_removed"))
    with pytest.raises(NotToResendError, match="was removed"):
        office.outbox.resend(office.outbox.list_deliveries()[0].delivery_id)


def test_where_a_name_leads_is_judged_again_at_every_sending(office: Office, platforms: FakePlatforms) -> None:
    answers = {"hooks.example.com": ["93.184.216.34"]}
    guard = AddressGuard(resolve=lambda host, port: answers[host])
    channels = Channels(office.state, KEY, guard, clock=office.clock)
    channels.add("moved", "webhook", "https://hooks.example.com/in", secret="0123456789abcdef0")
    office.put("moved")
    # Since it was kept, the name leads into the network of this machine.
    answers["hooks.example.com"] = ["93.184.216.34", "169.254.169.254"]

    courier = Courier(office.state, channels, office.folder / "courier.lock", clock=office.clock)
    courier.run_due()
    assert office.only() == ("refused", "channel_address_forbidden")
    assert platforms.requests == []


@pytest.mark.parametrize(("kind", "n_parts"), [("wecom_robot", 3), ("dingtalk_robot", 1), ("webhook", 1)])
def test_a_long_message_goes_out_in_parts_that_the_platform_takes(
    office: Office, platforms: FakePlatforms, kind: str, n_parts: int
) -> None:
    office.add(kind)
    lines = tuple(Text.same(f"{number}：" + "销量下降" * 20) for number in range(45))
    office.outbox.put(Message(Text.same("日报"), lines=lines), [kind], key="report")
    office.courier.run_due()

    assert office.states() == ["sent"] * n_parts
    said = "".join(platforms.texts())
    assert all(f"{number}：销量下降" in said for number in range(45))


def test_one_courier_at_a_time_sends(office: Office, platforms: FakePlatforms) -> None:
    office.add("webhook")
    office.put("webhook")
    inner: list[int] = []

    def while_sending() -> Fault | None:
        inner.append(office.courier.run_due())
        return None

    platforms.next_fault = while_sending
    assert office.courier.run_due() == 1
    assert (inner, len(platforms.taken)) == ([0], 1)


def test_the_thread_of_the_server_sends_what_is_put_in(
    office: Office, platforms: FakePlatforms, wait_for: Callable[[Callable[[], bool]], None]
) -> None:
    office.add("webhook")
    courier = office.courier
    courier.start()
    office.put("webhook")
    wait_for(lambda: office.states() == ["sent"])
    courier.stop()

    # Its lock is free again for the next one.
    office.put("webhook", title="下一条")
    assert office.courier.run_due() == 1


def test_what_was_sent_long_ago_is_forgotten_but_never_sent_again(office: Office, clock: HandClock) -> None:
    office.add("webhook")
    office.put("webhook", key="alert:7")
    office.courier.run_due()
    clock.advance(91 * 86_400)

    assert office.outbox.tidy() == 1
    assert office.outbox.put(ALERT, ["webhook"], key="alert:7") == 0
