"""A WebSocket client on Python's websockets: told what to do, and telling what happened, in lines of JSON.

usage: websockets-client.py URL OPTIONS
"""
import asyncio
import json
import sys

import websockets
from websockets.version import version

NEW_API = int(version.split(".")[0]) >= 14


def tell(event, **facts):
    print(json.dumps({"event": event, **facts}), flush=True)


async def connect(url, options):
    headers = "additional_headers" if NEW_API else "extra_headers"
    return await websockets.connect(url, **{
        headers: options["headers"],
        "origin": options.get("origin"),
        "ping_interval": options.get("pingSeconds"),
        "ping_timeout": options.get("pingSeconds"),
        "close_timeout": 60,
    })


async def listen(socket):
    try:
        while True:
            message = await socket.recv()
            if isinstance(message, str):
                tell("text", text=message)
            else:
                tell("binary", bytes=len(message))
    except websockets.ConnectionClosed:
        tell("closed", code=socket.close_code, reason=socket.close_reason)


async def pieces(parts):
    for part in parts:
        yield part


async def ping(socket, payload):
    await (await socket.ping(payload))
    tell("pong", payload=payload)


async def obey(socket, command):
    what = command["do"]
    if what == "text":
        await socket.send(command["text"])
    elif what == "fragments":
        await socket.send(pieces(command["parts"]))
    elif what == "binary":
        for _ in range(command["times"]):
            await socket.send(bytes(command["bytes"]))
    elif what == "ping":
        await ping(socket, command["payload"])
    elif what == "close":
        await socket.close(command["code"], command["reason"])


async def main(url, options):
    try:
        socket = await connect(url, options)
    except websockets.InvalidStatusCode as refusal:  # its name and its kind changed in version 14
        response = getattr(refusal, "response", refusal)
        tell("refused", status=response.status_code)
        return
    except Exception as problem:
        response = getattr(problem, "response", None)
        tell("refused", status=response.status_code if response else None, problem=str(problem))
        return
    tell("open", extensions=[extension.name for extension in getattr(socket, "extensions", [])])
    listening = asyncio.ensure_future(listen(socket))
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        try:
            await obey(socket, json.loads(line))
        except websockets.ConnectionClosed:
            break  # told by the listener
    await listening


asyncio.run(main(sys.argv[1], json.loads(sys.argv[2])))
