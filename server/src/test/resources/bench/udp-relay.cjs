// A voice relay as xiaozhi-mqtt-gateway is one: decrypts each packet, checks its sequence, encrypts it anew, sends it back.
'use strict';
const crypto = require('node:crypto');
const dgram = require('node:dgram');

const key = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
const socket = dgram.createSocket('udp4');
const flows = new Map();

socket.on('message', (packet, from) => {
  if (packet.length < 16 || packet[0] !== 1) {
    return;
  }
  const length = packet.readUInt16BE(2);
  const sequence = packet.readUInt32BE(12);
  const id = packet.readUInt32BE(4);
  let flow = flows.get(id);
  if (flow === undefined) {
    flows.set(id, flow = { last: 0, sent: 0 });
  }
  if (sequence < flow.last) {
    return;
  }
  flow.last = sequence;
  const header = packet.subarray(0, 16);
  const decipher = crypto.createDecipheriv('aes-128-ctr', key, header);
  const audio = Buffer.concat([decipher.update(packet.subarray(16, 16 + length)), decipher.final()]);
  const answer = Buffer.from(header);
  answer.writeUInt16BE(audio.length, 2);
  answer.writeUInt32BE(++flow.sent, 12);
  const cipher = crypto.createCipheriv('aes-128-ctr', key, answer);
  socket.send(Buffer.concat([answer, cipher.update(audio), cipher.final()]), from.port, from.address);
});
socket.bind(0, '127.0.0.1', () => console.log(socket.address().port + ' 0'));
process.stdin.on('end', () => process.exit()).resume();
