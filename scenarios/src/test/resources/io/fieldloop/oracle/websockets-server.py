"""A server of this device family on Python's websockets; the path says what it does, and it tells what happens in lines of JSON."""
import asyncio
import json
import struct
from http import HTTPStatus
from socket import SO_LINGER, SOL_SOCKET

import websockets
from websockets.version import version

NEW_API = int(version.split(".")[0]) >= 14
HELLO = json.dumps({"type": "hello", "transport": "websocket", "session_id": "outside",
                    "audio_params": {"format": "opus", "sample_rate": 24000, "channels": 1, "frame_duration": 60}})


def tell(event, **facts):
    print(json.dumps({"event": event, **facts}), flush=True)


def answer(path):
    """Status and headers instead of an upgrade."""
    if path.startswith("/refuse/"):
        return HTTPStatus(int(path.split("/")[2])), {}
    if path == "/redirect":
        return HTTPStatus.MOVED_PERMANENTLY, {"Location": "/xiaozhi/v1/"}
    return None


async def old_process_request(path, headers):
    refusal = answer(path)
    return (refusal[0], list(refusal[1].items()), b"") if refusal else None


def new_process_request(connection, request):
    refusal = answer(request.path)
    if not refusal:
        return None
    response = connection.respond(refusal[0], "")
    response.headers.update(refusal[1])
    return response


async def pieces(text):
    for part in (text[:1], text[1:20], text[20:]):
        yield part


async def greet(socket, path):
    if path == "/silent":
        return
    await socket.send(pieces(HELLO) if path == "/fragmented" else HELLO)
    if path.startswith("/close/"):
        await socket.close(int(path.split("/")[2]), "as told")
    elif path == "/drop":
        socket.transport.close()
    elif path == "/reset":
        linger_zero = struct.pack("ii", 1, 0)
        socket.transport.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, linger_zero)
        socket.transport.abort()
    elif path == "/ping":
        await (await socket.ping("are you there"))
        tell("pong", payload="are you there")
    elif path == "/large":
        await socket.send(json.dumps({"type": "llm", "emotion": "x" * 100_000}))
        await (await socket.ping())
        tell("pong")


async def reply(socket):
    await socket.send(json.dumps({"type": "stt", "text": "hello"}))
    await socket.send(json.dumps({"type": "tts", "state": "start"}))
    for _ in range(10):
        await socket.send(bytes(120))
    await socket.send(json.dumps({"type": "tts", "state": "stop"}))


async def serve(socket, *_):
    path = socket.request.path if NEW_API else socket.path
    tell("open", path=path)
    heard = 0
    try:
        async for message in socket:
            if isinstance(message, bytes):
                heard += 1
                if heard == 3:
                    await reply(socket)
                continue
            tell("text", text=message)
            if json.loads(message).get("type") == "hello":
                await greet(socket, path)
    except websockets.ConnectionClosed:
        pass
    tell("closed", code=socket.close_code)


async def main():
    process_request = new_process_request if NEW_API else old_process_request
    async with websockets.serve(serve, "127.0.0.1", 0, process_request=process_request) as server:
        tell("listening", port=next(iter(server.sockets)).getsockname()[1])
        await asyncio.Future()


asyncio.run(main())
