"""What contracts say that give a token of their own; plain names count at known contracts only."""

from tests.data.decoded import events_of, legs_of, normalized
from tests.data.event_log import COIN, WETH, ZERO, address, log, moved, token

from bongsu.normalize.event_wrap import WRAPS

USER, SHOP = address("user"), address("shop")
STETH, WSTETH = "0xae7ab96520de3a18e5e111b5eaab095312d7fe84", "0x7f39c581f595b53c5cb19bd0b3f8da6c935e2ca0"
METH_STAKING, METH = (
    "0xe3cbd06d7dadb3f4e6557bab7edd924cd1489e8f",
    "0xd5f7838f5c461feff7fe49ea5ebaf7728bb0adfa",
)
CMETH_VAULT, CMETH = (
    "0x33272d40b247c4cd9c646582c9bbad44e85d4fe4",
    "0xe6829d9a7ee3040e1276fa75293bde931859e8fa",
)
RETH = "0xae78736cd615f374d3085123a210448e74fc6393"
DEPOSIT, WITHDRAWAL = (
    "Deposit(address indexed dst, uint256 wad)",
    "Withdrawal(address indexed src, uint256 wad)",
)


def test_wrapped_ether_is_made_and_unmade_one_to_one():
    assert legs_of(DEPOSIT, WETH, {"dst": USER, "wad": 5}) == [("weth", "wrap", COIN, 5, token(WETH), 5)]
    assert legs_of(WITHDRAWAL, WETH, {"src": USER, "wad": 5}) == [("weth", "unwrap", token(WETH), 5, COIN, 5)]
    assert events_of(log(DEPOSIT, WETH, {"dst": USER, "wad": 5}))[0]["account"] == USER


def test_a_deposit_elsewhere_is_no_wrapping():
    made = normalized(log(DEPOSIT, SHOP, {"dst": USER, "wad": 5}))
    assert (made.events.num_rows, made.transfers.num_rows) == (0, 0)
    assert made.set_aside == {"other_event": 1}


def test_lido_stakes_ether_for_steth_whose_amount_the_mint_says():
    text = "Submitted(address indexed sender, uint256 amount, address referral)"
    assert legs_of(text, STETH, {"sender": USER, "amount": 5}) == [
        ("lido", "stake", COIN, 5, token(STETH), None)
    ]
    assert legs_of(text, SHOP, {"sender": USER, "amount": 5}) == []


def test_wsteth_is_told_by_its_mint_and_its_burn():
    (one,) = events_of(moved(WSTETH, ZERO, USER, 4))
    assert (one["kind"], one["account"], one["given_asset"], one["received"]) == (
        "wrap",
        USER,
        token(STETH),
        4,
    )
    (one,) = events_of(moved(WSTETH, USER, ZERO, 4))
    assert (one["kind"], one["account"], one["received_asset"], one["given"]) == (
        "unwrap",
        USER,
        token(STETH),
        4,
    )
    assert events_of(moved(WSTETH, USER, SHOP, 4)) == []


def test_meth_is_staked_and_cmeth_is_a_share_of_it():
    text = "Staked(address indexed staker, uint256 ethAmount, uint256 mETHAmount)"
    values = {"staker": USER, "ethAmount": 5, "mETHAmount": 4}
    assert legs_of(text, METH_STAKING, values) == [("meth", "stake", COIN, 5, token(METH), 4)]
    text = "{}(address indexed {}, address indexed asset, uint256 amount, address indexed {}, uint256 shares)"
    values = {"from": USER, "asset": METH, "amount": 4, "to": USER, "shares": 3}
    entered, left = text.format("Enter", "from", "to"), text.format("Exit", "to", "from")
    assert legs_of(entered, CMETH_VAULT, values) == [("cmeth", "mint", token(METH), 4, token(CMETH), 3)]
    assert legs_of(left, CMETH_VAULT, values) == [("cmeth", "redeem", token(CMETH), 3, token(METH), 4)]


def test_reth_is_staked_and_unstaked_at_once():
    text = "{}(address indexed {}, uint256 amount, uint256 ethAmount, uint256 time)"
    values = {"to": USER, "from": USER, "amount": 4, "ethAmount": 5}
    made, burned = text.format("TokensMinted", "to"), text.format("TokensBurned", "from")
    assert legs_of(made, RETH, values) == [("rocket-pool", "stake", COIN, 5, token(RETH), 4)]
    assert legs_of(burned, RETH, values) == [("rocket-pool", "unstake", token(RETH), 4, COIN, 5)]


def test_vaults_are_their_own_token():
    text = "Deposit(address indexed sender, address indexed owner, uint256 assets, uint256 shares)"
    (one,) = events_of(log(text, SHOP, {"sender": USER, "owner": SHOP, "assets": 5, "shares": 4}))
    assert (one["account"], one["receiver"]) == (USER, SHOP)
    assert (one["given_asset"], one["given"], one["received_asset"], one["received"]) == (
        None,
        5,
        token(SHOP),
        4,
    )
    text = (
        "Withdraw(address indexed sender, address indexed receiver, address indexed owner,"
        " uint256 assets, uint256 shares)"
    )
    (one,) = events_of(log(text, SHOP, {"receiver": USER, "owner": SHOP, "assets": 5, "shares": 4}))
    assert (one["account"], one["receiver"], one["given"], one["received"]) == (SHOP, USER, 4, 5)


def test_a_market_of_loans_mints_with_no_topics():
    """Its Mint hashes like that of a Uniswap pair and has one topic less."""
    text = "Mint(address minter, uint256 mintAmount, uint256 mintTokens)"
    assert legs_of(text, SHOP, {"minter": USER, "mintAmount": 5, "mintTokens": 4}) == [
        ("compound", "mint", None, 5, token(SHOP), 4)
    ]
    text = "Redeem(address redeemer, uint256 redeemAmount, uint256 redeemTokens)"
    assert legs_of(text, SHOP, {"redeemer": USER, "redeemAmount": 5, "redeemTokens": 4}) == [
        ("compound", "redeem", token(SHOP), 4, None, 5)
    ]


def test_roles_are_asked_for_where_names_are_plain():
    plain = {one.declaration.signature for one in WRAPS if one.role}
    assert plain == {
        "Deposit(address,uint256)",
        "Withdrawal(address,uint256)",
        "Submitted(address,uint256,address)",
        "Staked(address,uint256,uint256)",
        "TokensMinted(address,uint256,uint256,uint256)",
        "TokensBurned(address,uint256,uint256,uint256)",
    }
