// A server of this device family on Node's ws; the path says what it does, and it tells what happens in lines of JSON.
'use strict';
const http = require('http');
const {WebSocketServer} = require('ws');

const HELLO = JSON.stringify({type: 'hello', transport: 'websocket', session_id: 'outside',
  audio_params: {format: 'opus', sample_rate: 24000, channels: 1, frame_duration: 60}});
const tell = (event, facts) => console.log(JSON.stringify({event, ...facts}));

const sockets = new WebSocketServer({noServer: true, perMessageDeflate: true});
const server = http.createServer((request, response) => response.writeHead(426).end());

server.on('upgrade', (request, socket, head) => {
  const [, word, status] = request.url.split('/');
  if (word === 'refuse') return socket.end(`HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`);
  if (word === 'redirect') return socket.end('HTTP/1.1 301 Moved Permanently\r\nLocation: /xiaozhi/v1/\r\nConnection: close\r\n\r\n');
  return sockets.handleUpgrade(request, socket, head, opened => serve(opened, request.url));
});

function serve(socket, path) {
  let heard = 0;
  tell('open', {path});
  socket.on('pong', data => tell('pong', {payload: data.toString()}));
  socket.on('close', code => tell('closed', {code}));
  socket.on('error', () => {});
  socket.on('message', (data, isBinary) => {
    if (isBinary) {
      if (++heard === 3) reply(socket);
      return;
    }
    tell('text', {text: data.toString()});
    if (JSON.parse(data).type === 'hello') greet(socket, path);
  });
}

function greet(socket, path) {
  if (path === '/silent') return;
  if (path === '/fragmented') {
    socket.send(HELLO.slice(0, 1), {fin: false});
    socket.send(HELLO.slice(1, 20), {fin: false});
    socket.send(HELLO.slice(20), {fin: true});
    return;
  }
  socket.send(HELLO);
  if (path.startsWith('/close/')) socket.close(Number(path.split('/')[2]), 'as told');
  else if (path === '/drop') socket._socket.end();
  else if (path === '/reset') socket._socket.resetAndDestroy();
  else if (path === '/ping') socket.ping('are you there');
  else if (path === '/large') {
    socket.send(JSON.stringify({type: 'llm', emotion: 'x'.repeat(100000)}));
    socket.ping('');
  }
}

function reply(socket) {
  socket.send(JSON.stringify({type: 'stt', text: 'hello'}));
  socket.send(JSON.stringify({type: 'tts', state: 'start'}));
  for (let i = 0; i < 10; i++) socket.send(Buffer.alloc(120));
  socket.send(JSON.stringify({type: 'tts', state: 'stop'}));
}

server.listen(0, '127.0.0.1', () => tell('listening', {port: server.address().port}));
