"""Python's `websockets` with as much of a gateway as the benchmark asks for: websockets-server.py CERTIFICATE KEY"""
import asyncio
import json
import logging
import ssl
import sys

import websockets

logging.getLogger("websockets").setLevel(logging.CRITICAL)


async def converse(socket, path=None):
    try:
        async for message in socket:
            if isinstance(message, str) and json.loads(message)["type"] == "hello":
                await socket.send('{"type":"hello","transport":"websocket","session_id":"1"}')
    except websockets.ConnectionClosed:
        pass


async def main():
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(*sys.argv[1:3])
    ports = []
    for context in (None, tls):
        server = await websockets.serve(
            converse, "127.0.0.1", 0, ssl=context, compression=None, ping_interval=None)
        ports.append(str(server.sockets[0].getsockname()[1]))
    print(*ports, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main())
