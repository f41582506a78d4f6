"""Events of contracts that give a token of their own: wrapped coins, staked coins, shares of vaults.

Events with plain names such as `Deposit` mean something only at contracts that are known. Declarations:
WETH9; Lido; mETH protocol Staking; Rocket Pool RocketTokenRETH; BoringVault (behind cmETH); EIP-4626;
Compound CTokenInterfaces.
"""

from bongsu.normalize.event_abi import declare
from bongsu.normalize.event_decoder import BACKING, COIN, EMITTER, ISSUED, Decoder, Leg, Side

TRANSFER = declare("Transfer(address indexed from, address indexed to, uint256 value)")
"""A transfer of tokens (EIP-20)."""
DEPOSIT = declare("Deposit(address indexed dst, uint256 wad)")
"""A wrapper gave its token for a coin (WETH9, which logs no transfer with it)."""
WITHDRAWAL = declare("Withdrawal(address indexed src, uint256 wad)")
"""A wrapper took its token back and gave the coin."""

WRAPS = (
    Decoder(
        declaration=DEPOSIT,
        protocol="",
        kind="wrap",
        role="wrapper",
        legs=(
            Leg(
                given=Side(asset=COIN, amount="wad"),
                received=Side(asset=EMITTER, amount="wad"),
                account="dst",
            ),
        ),
    ),
    Decoder(
        declaration=WITHDRAWAL,
        protocol="",
        kind="unwrap",
        role="wrapper",
        legs=(
            Leg(
                given=Side(asset=EMITTER, amount="wad"),
                received=Side(asset=COIN, amount="wad"),
                account="src",
            ),
        ),
    ),
    Decoder(
        declaration=declare("Submitted(address indexed sender, uint256 amount, address referral)"),
        protocol="lido",
        kind="stake",
        role="staking",
        known_as="lido",
        legs=(Leg(given=Side(asset=COIN, amount="amount"), received=Side(asset=ISSUED), account="sender"),),
    ),
    Decoder(
        declaration=declare("Staked(address indexed staker, uint256 ethAmount, uint256 mETHAmount)"),
        protocol="meth",
        kind="stake",
        role="staking",
        known_as="meth",
        legs=(
            Leg(
                given=Side(asset=COIN, amount="ethAmount"),
                received=Side(asset=ISSUED, amount="mETHAmount"),
                account="staker",
            ),
        ),
    ),
    Decoder(
        declaration=declare(
            "TokensMinted(address indexed to, uint256 amount, uint256 ethAmount, uint256 time)"
        ),
        protocol="rocket-pool",
        kind="stake",
        role="staking",
        known_as="rocket-pool",
        legs=(
            Leg(
                given=Side(asset=COIN, amount="ethAmount"),
                received=Side(asset=ISSUED, amount="amount"),
                account="to",
            ),
        ),
    ),
    Decoder(
        declaration=declare(
            "TokensBurned(address indexed from, uint256 amount, uint256 ethAmount, uint256 time)"
        ),
        protocol="rocket-pool",
        kind="unstake",
        role="staking",
        known_as="rocket-pool",
        legs=(
            Leg(
                given=Side(asset=ISSUED, amount="amount"),
                received=Side(asset=COIN, amount="ethAmount"),
                account="from",
            ),
        ),
    ),
    Decoder(
        declaration=declare(
            "Enter(address indexed from, address indexed asset, uint256 amount, address indexed to,"
            " uint256 shares)"
        ),
        protocol="boring-vault",
        kind="mint",
        legs=(
            Leg(
                given=Side(asset="asset", amount="amount"),
                received=Side(asset=ISSUED, amount="shares"),
                account="from",
                receiver="to",
            ),
        ),
    ),
    Decoder(
        declaration=declare(
            "Exit(address indexed to, address indexed asset, uint256 amount, address indexed from,"
            " uint256 shares)"
        ),
        protocol="boring-vault",
        kind="redeem",
        legs=(
            Leg(
                given=Side(asset=ISSUED, amount="shares"),
                received=Side(asset="asset", amount="amount"),
                account="from",
                receiver="to",
            ),
        ),
    ),
    Decoder(
        declaration=declare(
            "Deposit(address indexed sender, address indexed owner, uint256 assets, uint256 shares)"
        ),
        protocol="erc4626",
        kind="mint",
        legs=(
            Leg(
                given=Side(amount="assets"),
                received=Side(asset=EMITTER, amount="shares"),
                account="sender",
                receiver="owner",
            ),
        ),
    ),
    Decoder(
        declaration=declare(
            "Withdraw(address indexed sender, address indexed receiver, address indexed owner,"
            " uint256 assets, uint256 shares)"
        ),
        protocol="erc4626",
        kind="redeem",
        legs=(
            Leg(
                given=Side(asset=EMITTER, amount="shares"),
                received=Side(amount="assets"),
                account="owner",
                receiver="receiver",
            ),
        ),
    ),
    Decoder(
        declaration=declare("Mint(address minter, uint256 mintAmount, uint256 mintTokens)"),
        protocol="compound",
        kind="mint",
        legs=(
            Leg(
                given=Side(amount="mintAmount"),
                received=Side(asset=EMITTER, amount="mintTokens"),
                account="minter",
            ),
        ),
    ),
    Decoder(
        declaration=declare("Redeem(address redeemer, uint256 redeemAmount, uint256 redeemTokens)"),
        protocol="compound",
        kind="redeem",
        legs=(
            Leg(
                given=Side(asset=EMITTER, amount="redeemTokens"),
                received=Side(amount="redeemAmount"),
                account="redeemer",
            ),
        ),
    ),
)
"""Decoders of wrappers, staking contracts and vaults."""

SHARES = (
    Decoder(
        declaration=TRANSFER,
        protocol="lido",
        kind="wrap",
        role="share",
        known_as="lido",
        legs=(Leg(given=Side(asset=BACKING), received=Side(asset=EMITTER, amount="value"), account="to"),),
    ),
    Decoder(
        declaration=TRANSFER,
        protocol="lido",
        kind="unwrap",
        role="share",
        known_as="lido",
        legs=(Leg(given=Side(asset=EMITTER, amount="value"), received=Side(asset=BACKING), account="from"),),
    ),
)
"""What a mint and a burn of a share mean whose contract logs nothing else (wstETH)."""
