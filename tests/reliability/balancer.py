"""A small HTTP balancer: each request goes to the next process that takes it."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count

import aiohttp
from aiohttp import web

from tests.ports import free_port


@asynccontextmanager
async def balancing(ports: list[int]) -> AsyncGenerator[str]:
    """Its address; 502 where none of the processes answers."""
    turns = count()
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(aiohttp.ClientSession())

        async def forward(request: web.Request) -> web.Response:
            body, first = await request.read(), next(turns)
            for offset in range(len(ports)):
                url = f"http://127.0.0.1:{ports[(first + offset) % len(ports)]}{request.path}"
                try:
                    async with http.post(url, data=body, headers=request.headers) as answer:
                        return web.Response(status=answer.status, body=await answer.read())
                except aiohttp.ClientError:
                    continue
            return web.Response(status=502)

        server = web.Application()
        server.router.add_post("/{path:.*}", forward)
        runner = web.AppRunner(server, access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        port = free_port()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield f"http://127.0.0.1:{port}"
