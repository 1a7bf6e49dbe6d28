// One call by the npm package coap. Arguments: port, method, path, query, confirmable, critical option or 0, observe.
// The body comes in hexadecimal on the standard input; "code body" goes out. When observing, each representation is
// printed on a line, and the end of the input ends the observation.
const coap = require('coap')
const [port, method, pathname, query, confirmable, critical, observe] = process.argv.slice(-7)

const watching = observe === 'true'
let body = ''
let response = null

function send () {
  const req = coap.request({
    hostname: '127.0.0.1', port: Number(port), method, pathname, query,
    confirmable: confirmable === 'true', observe: watching
  })
  const payload = Buffer.from(body, 'hex')
  if (payload.length > 1024) req.setOption('Block1', Buffer.of(6))
  if (critical !== '0') req.setOption(critical, Buffer.of(1))
  req.on('error', error => { console.log('error ' + error.message); process.exit(1) })
  req.on('response', res => {
    response = res
    if (watching) {
      res.on('data', data => console.log(data.toString()))
    } else {
      console.log(res.code + ' ' + res.payload.toString('hex'))
      setTimeout(() => process.exit(0), 100) // leaves time for an acknowledgement
    }
  })
  req.end(payload)
}

process.stdin.on('data', data => { body += data })
process.stdin.on('end', () => {
  if (!watching) return send()
  response.close()
  setTimeout(() => process.exit(0), 1500) // to refuse what still comes
})
if (watching) send()
