"""Logs of either side of a transfer over each bridge, encoded by hand."""

from tests.data.abi_log import make_log

from bongsu.facts import load_bridges

ETH, BSC, AVAX, ARB, RONIN, MOON = (
    "eip155:1",
    "eip155:56",
    "eip155:43114",
    "eip155:42161",
    "eip155:2020",
    "eip155:1284",
)
PAYER, PAID = "0x" + "a1" * 20, "0x" + "b2" * 20
TOKEN, OTHER = "0x" + "c3" * 20, "0x" + "d4" * 20
TX_IN, TX_OUT = "0x" + "1" * 64, "0x" + "2" * 64
ID = "0x" + "5e" * 32
AMOUNT = 123_456_789_000_000_000_000


def signature(slug, name, direction, number=0):
    """The bridge's event of this name and direction; several are numbered in the order of the facts."""
    found = [
        s
        for s in load_bridges()[slug].signatures
        if s.declaration.startswith(name + "(") and s.direction == direction
    ]
    return found[number]


def contract(slug, chain, word=""):
    """A contract of the bridge on the chain whose name holds the word."""
    return next(c.address for c in load_bridges()[slug].contracts if c.chain == chain and word in c.name)


def side(slug, chain, direction, logs):
    """Raw rows of the logs of one side: (event, number, values, emitter) each."""
    tx = TX_IN if direction == "deposit" else TX_OUT
    return [
        make_log(
            signature(slug, name, direction, number).declaration,
            values,
            emitter=emitter,
            tx=tx,
            position=position,
            time=1_600_000_000 + (0 if direction == "deposit" else 900),
        )
        for position, (name, number, values, emitter) in enumerate(logs)
    ], chain


def padded(address):
    """Address as the bytes of a word."""
    return bytes(12) + bytes.fromhex(address[2:])


def raw(address):
    """Bytes of an address."""
    return bytes.fromhex(address[2:])


_RECEIPT = {
    "receipt.id": 77,
    "receipt.mainchain.addr": PAYER,
    "receipt.mainchain.tokenAddr": TOKEN,
    "receipt.mainchain.chainId": 1,
    "receipt.ronin.addr": PAID,
    "receipt.ronin.tokenAddr": OTHER,
    "receipt.ronin.chainId": 2020,
    "receipt.info.quantity": AMOUNT,
}
_BACK = _RECEIPT | {"receipt.mainchain.addr": PAID, "receipt.ronin.addr": PAYER}
_BURN = bytes(4) + padded(TOKEN) + padded(PAID) + AMOUNT.to_bytes(32, "big") + padded(PAYER)
_PACKET = (
    (9).to_bytes(8, "big") + (101).to_bytes(2, "big") + raw(OTHER) + (110).to_bytes(2, "big") + raw(TOKEN)
)
_WORMHOLE = (
    b"\1"
    + (1_234_567).to_bytes(32, "big")
    + padded(TOKEN)
    + (2).to_bytes(2, "big")
    + padded(PAID)
    + (4).to_bytes(2, "big")
    + bytes(32)
)
_V2 = {
    "originChainId": 1,
    "depositId": 12,
    "originToken": TOKEN,
    "destinationToken": OTHER,
    "amount": AMOUNT,
    "fillAmount": AMOUNT,
    "recipient": PAID,
    "depositor": PAYER,
    "destinationChainId": 42161,
}
_V3 = {
    "inputToken": TOKEN,
    "outputToken": OTHER,
    "inputAmount": AMOUNT,
    "outputAmount": AMOUNT - 5,
    "originChainId": 1,
    "destinationChainId": 42161,
    "depositId": 13,
    "depositor": PAYER,
    "recipient": PAID,
    "relayExecutionInfo.updatedOutputAmount": AMOUNT - 5,
    "relayExecutionInfo.updatedRecipient": PAID,
}
_V4 = _V3 | {"relayExecutionInfo.updatedRecipient": PAID}
_CELER = {
    "transferId": ID,
    "srcTransferId": ID,
    "sender": PAYER,
    "receiver": PAID,
    "token": TOKEN,
    "amount": AMOUNT,
    "dstChainId": 56,
    "srcChainId": 1,
}
_PEG = {
    "depositId": ID,
    "burnId": ID,
    "refId": ID,
    "depositor": PAYER,
    "account": PAYER,
    "token": TOKEN,
    "amount": AMOUNT,
    "mintChainId": 56,
    "toChainId": 56,
    "mintAccount": PAID,
    "withdrawAccount": PAID,
    "toAccount": PAID,
    "receiver": PAID,
    "refChainId": 1,
    "burnAccount": PAYER,
}
_ORDER = {
    "order.giveTokenAddress": raw(TOKEN),
    "order.giveAmount": AMOUNT,
    "order.takeTokenAddress": raw(OTHER),
    "order.takeAmount": AMOUNT - 7,
    "order.makerSrc": raw(PAYER),
    "order.receiverDst": raw(PAID),
    "order.giveChainId": 1,
    "order.takeChainId": 56,
    "orderId": ID,
}
_HOP = {
    "chainId": 42161,
    "recipient": PAID,
    "amount": AMOUNT,
    "amountOutMin": 5,
    "deadline": 99,
    "relayer": PAYER,
    "relayerFee": 1,
    "transferId": ID,
}
_MESSAGE = {"sourceDomain": 0, "nonce": 31, "messageBody": _BURN}
_CIRCLE = {
    "burnToken": TOKEN,
    "amount": AMOUNT,
    "depositor": PAYER,
    "mintRecipient": padded(PAID),
    "destinationDomain": 3,
    "nonce": 31,
    "maxFee": 8,
}
_MINT = {"mintRecipient": PAID, "amount": AMOUNT, "mintToken": OTHER}


def _pair(slug, deposit, withdrawal, chains=(ETH, BSC)):
    """Both sides; an emitter that is a word is a contract of the bridge by a word of its name."""
    made = []
    for direction, chain, logs in (("deposit", chains[0], deposit), ("withdrawal", chains[1], withdrawal)):
        known = [
            (name, number, values, emitter if emitter.startswith("0x") else contract(slug, chain, emitter))
            for name, number, values, emitter in logs
        ]
        made.append(side(slug, chain, direction, known))
    return slug, *made


def both_sides():
    """Name of each kind of transfer to (bridge, (rows, chain) of the deposit, the same of the withdrawal)."""
    account = contract("avalanche-bridge", ETH)
    portal = contract("wormhole", ETH, "token bridge")
    return {
        "across V2": _pair(
            "across", [("FundsDeposited", 0, _V2, "")], [("FilledRelay", 0, _V2, "")], (ETH, ARB)
        ),
        "across V2.5": _pair(
            "across", [("FundsDeposited", 1, _V2, "")], [("FilledRelay", 1, _V2, "")], (ETH, ARB)
        ),
        "across V3": _pair(
            "across", [("V3FundsDeposited", 0, _V3, "")], [("FilledV3Relay", 0, _V3, "")], (ETH, ARB)
        ),
        "across V4": _pair(
            "across",
            [("FundsDeposited", 2, _words(_V4), "")],
            [("FilledRelay", 2, _words(_V4), "")],
            (ETH, ARB),
        ),
        "celer": _pair("celer-cbridge", [("Send", 0, _CELER, "")], [("Relay", 0, _CELER, "")]),
        "celer mint": _pair(
            "celer-cbridge",
            [("Deposited", 0, _PEG, "vault")],
            [("Mint", 0, _PEG | {"account": PAID}, "pegged")],
        ),
        "celer mint V2": _pair(
            "celer-cbridge", [("Deposited", 1, _PEG, "")], [("Mint", 0, _PEG | {"account": PAID}, "")]
        ),
        "celer burn": _pair("celer-cbridge", [("Burn", 0, _PEG, "")], [("Withdrawn", 0, _PEG, "")]),
        "celer burn V2": _pair("celer-cbridge", [("Burn", 1, _PEG, "")], [("Withdrawn", 0, _PEG, "")]),
        "multichain": _pair(
            "multichain",
            [
                (
                    "LogAnySwapOut",
                    0,
                    {"token": TOKEN, "from": PAYER, "to": PAID, "amount": AMOUNT, "toChainID": 56},
                    "",
                )
            ],
            [
                (
                    "LogAnySwapIn",
                    0,
                    {"txhash": TX_IN, "token": OTHER, "to": PAID, "amount": AMOUNT, "fromChainID": 1},
                    "",
                )
            ],
        ),
        "multichain V7": _pair(
            "multichain",
            [
                (
                    "LogAnySwapOut",
                    2,
                    {
                        "swapoutID": ID,
                        "token": TOKEN,
                        "from": PAYER,
                        "receiver": PAID,
                        "amount": AMOUNT,
                        "toChainID": 56,
                    },
                    "",
                )
            ],
            [
                (
                    "LogAnySwapIn",
                    1,
                    {
                        "swapoutID": ID,
                        "token": OTHER,
                        "receiver": PAID,
                        "amount": AMOUNT,
                        "fromChainID": 1,
                        "swapID": "x",
                    },
                    "",
                )
            ],
        ),
        "multichain account": _pair(
            "multichain",
            [
                (
                    "Transfer",
                    0,
                    {"from": PAYER, "to": contract("multichain", ETH, "account"), "value": AMOUNT},
                    TOKEN,
                )
            ],
            [("LogSwapin", 0, {"txhash": TX_IN, "account": PAID, "amount": AMOUNT}, OTHER)],
        ),
        "poly": _pair(
            "poly",
            [
                ("CrossChainEvent", 0, {"txId": b"\x2a" * 32, "sender": PAYER, "toChainId": 6}, "manager"),
                (
                    "LockEvent",
                    0,
                    {
                        "fromAssetHash": TOKEN,
                        "toChainId": 6,
                        "toAssetHash": raw(OTHER),
                        "toAddress": raw(PAID),
                        "amount": AMOUNT,
                    },
                    "proxy",
                ),
            ],
            [
                ("UnlockEvent", 0, {"toAssetHash": OTHER, "toAddress": PAID, "amount": AMOUNT}, "proxy"),
                (
                    "VerifyHeaderAndExecuteTxEvent",
                    0,
                    {"fromChainID": 2, "fromChainTxHash": b"\x2a" * 32},
                    "manager",
                ),
            ],
        ),
        "ronin in": _pair(
            "ronin-bridge",
            [
                (
                    "TokenDeposited",
                    0,
                    {
                        "_depositId": 5,
                        "_owner": PAID,
                        "_tokenAddress": TOKEN,
                        "_sidechainAddress": OTHER,
                        "_standard": 20,
                        "_tokenNumber": AMOUNT,
                    },
                    "",
                )
            ],
            [
                (
                    "TokenDeposited",
                    0,
                    {"depositId": 5, "owner": PAID, "tokenAddress": OTHER, "tokenNumber": AMOUNT},
                    "",
                )
            ],
            (ETH, RONIN),
        ),
        "ronin out": _pair(
            "ronin-bridge",
            [
                (
                    "TokenWithdrew",
                    0,
                    {
                        "withdrawId": 6,
                        "owner": PAID,
                        "tokenAddress": TOKEN,
                        "mainchainAddress": OTHER,
                        "standard": 20,
                        "tokenNumber": AMOUNT,
                    },
                    "",
                )
            ],
            [
                (
                    "TokenWithdrew",
                    0,
                    {"_withdrawId": 6, "_owner": PAID, "_tokenAddress": OTHER, "_tokenNumber": AMOUNT},
                    "",
                )
            ],
            (RONIN, ETH),
        ),
        "ronin in V2": _pair(
            "ronin-bridge",
            [("DepositRequested", 0, _RECEIPT, "")],
            [("Deposited", 0, _RECEIPT, "")],
            (ETH, RONIN),
        ),
        "ronin out V2": _pair(
            "ronin-bridge",
            [("WithdrawalRequested", 0, _BACK, "")],
            [("Withdrew", 0, _BACK, "")],
            (RONIN, ETH),
        ),
        "nomad": _pair(
            "nomad",
            [
                ("Dispatch", 0, {"destinationAndNonce": 1650811245 << 32 | 7}, "home"),
                (
                    "Send",
                    0,
                    {
                        "token": TOKEN,
                        "from": PAYER,
                        "toDomain": 1650811245,
                        "toId": padded(PAID),
                        "amount": AMOUNT,
                    },
                    "ERC20",
                ),
            ],
            [
                (
                    "Receive",
                    0,
                    {
                        "originAndNonce": 6648936 << 32 | 7,
                        "token": OTHER,
                        "recipient": PAID,
                        "amount": AMOUNT,
                    },
                    "router",
                )
            ],
            (ETH, MOON),
        ),
        "avalanche": _pair(
            "avalanche-bridge",
            [("Transfer", 0, {"from": PAYER, "to": account, "value": AMOUNT}, TOKEN)],
            [("Mint", 0, {"to": PAID, "amount": AMOUNT - 3, "feeAmount": 3, "originTxId": TX_IN}, OTHER)],
            (ETH, AVAX),
        ),
        "debridge": _pair(
            "debridge",
            [
                (
                    "Sent",
                    0,
                    {
                        "submissionId": ID,
                        "amount": AMOUNT,
                        "receiver": raw(PAID),
                        "nativeSender": PAYER,
                        "chainIdTo": 56,
                    },
                    "ate",
                )
            ],
            [
                (
                    "Claimed",
                    0,
                    {"submissionId": ID, "amount": AMOUNT, "receiver": PAID, "chainIdFrom": 1},
                    "ate",
                )
            ],
        ),
        "debridge order": _pair(
            "debridge",
            [("CreatedOrder", 0, _ORDER, "DLN source")],
            [("FulfilledOrder", 0, _ORDER, "DLN destination")],
        ),
        "hop down": _pair(
            "hop",
            [("TransferSentToL2", 0, _HOP, "USDC")],
            [("TransferFromL1Completed", 0, _HOP, "USDC")],
            (ETH, ARB),
        ),
        "hop up": _pair(
            "hop",
            [("TransferSent", 0, _HOP | {"chainId": 1}, "USDC")],
            [("WithdrawalBonded", 0, _HOP, "USDC")],
            (ARB, ETH),
        ),
        "hop exit": _pair(
            "hop",
            [("TransferSent", 0, _HOP | {"chainId": 1}, "USDC")],
            [("Withdrew", 0, _HOP, "USDC")],
            (ARB, ETH),
        ),
        "cctp": _pair(
            "cctp",
            [("DepositForBurn", 0, _CIRCLE, "messenger V1")],
            [
                ("MintAndWithdraw", 0, _MINT, "messenger V1"),
                ("MessageReceived", 0, _MESSAGE, "transmitter V1"),
            ],
            (ETH, ARB),
        ),
        "cctp V2": _pair(
            "cctp",
            [("DepositForBurn", 1, _CIRCLE, "messenger V2")],
            [
                ("MintAndWithdraw", 1, _MINT | {"amount": AMOUNT - 2}, "messenger V2"),
                (
                    "MessageReceived",
                    1,
                    _MESSAGE
                    | {"messageBody": _BURN + (8).to_bytes(32, "big") + (2).to_bytes(32, "big") + bytes(32)},
                    "transmitter V2",
                ),
            ],
            (ETH, ARB),
        ),
        "stargate": _pair(
            "layerzero",
            [
                ("Swap", 0, {"chainId": 110, "from": PAYER, "amountSD": 5}, "USDC"),
                ("Packet", 0, {"payload": _PACKET}, "ultra"),
            ],
            [
                ("SwapRemote", 0, {"to": PAID, "amountSD": 5}, "USDC"),
                (
                    "PacketReceived",
                    0,
                    {"srcChainId": 101, "srcAddress": raw(OTHER), "dstAddress": TOKEN, "nonce": 9},
                    TOKEN,
                ),
            ],
            (ETH, ARB),
        ),
        "oft": _pair(
            "layerzero",
            [
                (
                    "OFTSent",
                    0,
                    {"guid": ID, "dstEid": 30102, "fromAddress": PAYER, "amountSentLD": AMOUNT},
                    TOKEN,
                )
            ],
            [
                (
                    "OFTReceived",
                    0,
                    {"guid": ID, "srcEid": 30101, "toAddress": PAID, "amountReceivedLD": AMOUNT},
                    OTHER,
                )
            ],
        ),
        "wormhole": _pair(
            "wormhole",
            [("LogMessagePublished", 0, {"sender": portal, "sequence": 4_711, "payload": _WORMHOLE}, "core")],
            [
                (
                    "TransferRedeemed",
                    0,
                    {"emitterChainId": 2, "emitterAddress": padded(portal), "sequence": 4_711},
                    "token",
                )
            ],
        ),
        "thorchain": _pair(
            "thorchain",
            [
                (
                    "Deposit",
                    0,
                    {
                        "to": OTHER,
                        "asset": "0x" + "0" * 40,
                        "amount": AMOUNT,
                        "memo": f"=:BSC.BNB:{PAID}:1e8/3/0:t:10",
                    },
                    "router",
                )
            ],
            [
                (
                    "TransferOut",
                    0,
                    {
                        "vault": OTHER,
                        "to": PAID,
                        "asset": "0x" + "0" * 40,
                        "amount": AMOUNT - 9,
                        "memo": f"OUT:{TX_IN[2:].upper()}",
                    },
                    TOKEN,
                )
            ],
        ),
    }


def _words(values):
    """Addresses as the bytes of a word, as Across writes them since version 4."""
    return {
        name: padded(value) if isinstance(value, str) and len(value) == 42 else value
        for name, value in values.items()
    }
