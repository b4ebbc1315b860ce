"""A bare echo on a unix socket: the floor of a call to another process.

`python -m benchmarks.echo PATH SIZE`: for each line that comes, a line of SIZE bytes goes back.
"""

from __future__ import annotations

import asyncio
import sys


class _Echo(asyncio.Protocol):
    def __init__(self, answer: bytes) -> None:
        self._answer = answer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        if data.endswith(b"\n"):
            self._transport.write(self._answer)


async def _serve(path: str, size: int) -> None:
    answer = b"x" * (size - 1) + b"\n"
    server = await asyncio.get_running_loop().create_unix_server(lambda: _Echo(answer), path)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], int(sys.argv[2])))
