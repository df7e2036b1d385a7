"""Signatures checked many at a time: apart from the rest of an audit they take less, since libsodium keeps the
processor's cache to itself; and on other cores while the audit goes on, since it does not hold Python's lock."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Final, Self

from corfu.record import keys

_CHUNK: Final = 512

Claim = tuple[bytes, bytes, bytes]


class Aside:
    """Takes every signature on trust at once, and tells at the end whether all of them fit.

    Called as `corfu.record.keys.verify` is. If one does not fit, the audit is made anew without this, to name it.
    """

    def __init__(self, threads: int) -> None:
        """`threads`: how many signatures are checked at a time; one stays on the core of the audit."""
        self._pool = ThreadPoolExecutor(threads) if threads > 1 else None
        self._chunk: list[Claim] = []
        self._chunks: list[Future[bool]] = []
        self._fit = True

    def __call__(self, point: bytes, text: bytes, signature: bytes) -> bool:
        """Put a signature aside."""
        self._chunk.append((point, text, signature))
        if len(self._chunk) == _CHUNK:
            self._hand_over()
        return True

    def all_fit(self) -> bool:
        """Whether every signature that was put aside fits."""
        self._hand_over()
        return self._fit and all(chunk.result() for chunk in self._chunks)

    def _hand_over(self) -> None:
        if self._pool:
            self._chunks.append(self._pool.submit(_fit, self._chunk))
        else:
            self._fit = self._fit and _fit(self._chunk)
        self._chunk = []

    def __enter__(self) -> Self:
        """The threads end with the block."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End them."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)


def _fit(chunk: Sequence[Claim]) -> bool:
    return all(keys.verify(point, text, signature) for point, text, signature in chunk)
