"""Words of label files: names of chains and kinds of owners, as other projects write them."""

from bongsu.model.asset import BITCOIN, ETHEREUM, TRON
from bongsu.model.label import CATEGORIES

UNTOLD = "not stated"
"""License and source of labels whose file states none."""

_CHAINS = {
    "btc": BITCOIN,
    "xbt": BITCOIN,
    "bitcoin": BITCOIN,
    "eth": ETHEREUM,
    "ethereum": ETHEREUM,
    "etherscan": ETHEREUM,
    "trx": TRON,
    "tron": TRON,
    "bsc": "eip155:56",
    "bnb": "eip155:56",
    "bscscan": "eip155:56",
    "matic": "eip155:137",
    "pol": "eip155:137",
    "polygon": "eip155:137",
    "polygonscan": "eip155:137",
    "arb": "eip155:42161",
    "arbitrum": "eip155:42161",
    "arbiscan": "eip155:42161",
    "optimism": "eip155:10",
    "base": "eip155:8453",
    "avax": "eip155:43114",
    "avalanche": "eip155:43114",
    "ftm": "eip155:250",
    "ftmscan": "eip155:250",
    "etc": "eip155:61",
    "ltc": "bip122:12a765e31ffd4059bada1e25190f6e98",
    "bch": "bip122:000000000000000000651ef99cb9fcbe",
    "bsv": "bip122:000000000000000001d956714215d96f",
    "btg": "bip122:0000000000000000000b07d8c8b0d2cb",
}
_TOKENS = frozenset({"usdt", "usdc"})
"""Tickers of tokens on several chains: the form of the address tells which."""
_CATEGORIES = {
    "centralized-exchange": "exchange",
    "cex": "exchange",
    "hosted_wallet": "custodian",
    "wallet_service": "custodian",
    "payment_processor": "payment",
    "mixing_service": "mixer",
    "coinjoin": "mixer",
    "tornado-cash": "mixer",
    "ethereum-mixer": "mixer",
    "defi_bridge": "bridge",
    "defi_dex": "dex",
    "decentralized-exchange": "dex",
    "sanction": "sanctioned",
    "ofac-sanctions-lists": "sanctioned",
    "service_hack": "theft",
    "hack": "theft",
    "heist": "theft",
    "exploit": "theft",
    "exploiter": "theft",
    "attacker": "theft",
    "thief": "theft",
    "phish-hack": "abuse",
    "phishing": "abuse",
    "scam": "abuse",
    "ransomware": "abuse",
    "extortion": "abuse",
    "smart_contract": "contract",
    "payroll": "payer",
    "victim_payer": "payer",
    "token_contract": "contract",
    "service_hot_wallet": "exchange",
    "ofac_sdn_deposit": "sanctioned",
}


def chain_word(word: str, address: str = "") -> str | None:
    """CAIP-2 chain id of a chain's name, ticker or id; None where the word names none.

    A token's ticker names no chain: the form of the address tells it.
    """
    word = word.strip()
    if ":" in word:
        return word
    if word.lower() in _TOKENS:
        return chain_by_form(address)
    return _CHAINS.get(word.lower())


def chain_by_form(address: str) -> str:
    """Chain id that the form of an address tells; one of EVM chains holds on all of them."""
    if address[:2].lower() in {"0x", "\\x"}:
        return "eip155:*"
    return TRON if address[:1] == "T" and len(address) == 34 else BITCOIN


def category_word(*words: str) -> str | None:
    """Category of the first word that names one; None where none does."""
    for word in words:
        plain = word.strip().lower()
        found = _CATEGORIES.get(plain, plain)
        if found in CATEGORIES:
            return found
    return None
