// Node's `ws` with as much of a gateway as the benchmark asks for: node ws-server.cjs CERTIFICATE KEY
const fs = require('fs');
const http = require('http');
const https = require('https');
const { WebSocketServer } = require('ws');

function serve(server) {
    const sockets = new WebSocketServer({ server, path: '/xiaozhi/v1/', perMessageDeflate: false });
    sockets.on('connection', socket => {
        socket.on('message', (data, isBinary) => {
            if (!isBinary && JSON.parse(data).type === 'hello') {
                socket.send('{"type":"hello","transport":"websocket","session_id":"1"}');
            }
        });
        socket.on('error', () => {});
    });
    return new Promise(done => server.listen(0, '127.0.0.1', () => done(server.address().port)));
}

const [certificate, key] = process.argv.slice(2);
const tls = { cert: fs.readFileSync(certificate), key: fs.readFileSync(key) };
Promise.all([serve(http.createServer()), serve(https.createServer(tls))])
    .then(ports => console.log(ports.join(' ')));
process.stdin.on('end', () => process.exit()).resume();
