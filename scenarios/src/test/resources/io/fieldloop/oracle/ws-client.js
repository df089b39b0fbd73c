// A WebSocket client on Node's ws: told what to do, and telling what happened, in lines of JSON.
// usage: node ws-client.js URL OPTIONS
'use strict';
const readline = require('readline');
const WebSocket = require('ws');

const [url, options] = [process.argv[2], JSON.parse(process.argv[3])];
const tell = (event, facts) => console.log(JSON.stringify({event, ...facts}));

const socket = new WebSocket(url, {
  headers: options.headers,
  origin: options.origin,
  protocolVersion: options.version || 13,
  followRedirects: options.follow !== false,
});
socket.on('unexpected-response', (request, response) => {
  tell('refused', {status: response.statusCode, location: response.headers.location});
  process.exit();
});
socket.on('error', problem => tell('refused', {problem: problem.message}));
socket.on('open', () => tell('open', {extensions: socket.extensions ? [socket.extensions] : []}));
socket.on('message', (data, isBinary) => tell(...isBinary ? ['binary', {bytes: data.length}] : ['text', {text: data.toString()}]));
socket.on('ping', data => tell('ping', {payload: data.toString()}));
socket.on('pong', data => tell('pong', {payload: data.toString()}));
socket.on('close', (code, reason) => {
  tell('closed', {code, reason: reason.toString()});
  process.exit();
});

const actions = {
  'text': command => socket.send(command.text),
  'fragments': command => command.parts.forEach((part, i) => socket.send(part, {fin: i === command.parts.length - 1})),
  'broken-text': () => socket.send(Buffer.from([0xc3, 0x28]), {binary: false}),
  'binary': command => { for (let i = 0; i < command.times; i++) socket.send(Buffer.alloc(command.bytes)); },
  'ping': command => socket.ping(command.payload),
  'close': command => socket.close(command.code, command.reason),
};
readline.createInterface({input: process.stdin}).on('line', line => {
  const command = JSON.parse(line);
  actions[command.do](command);
});
