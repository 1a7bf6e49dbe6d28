// The resources of Store.java, served by the npm package coap. Arguments: port, delay in milliseconds.
const coap = require('coap')
const [port, delay] = process.argv.slice(-2).map(Number)
const bodies = new Map([['/large', longBody(64 * 1024)]])
const observers = new Set()
const writable = ['/store', '/large', '/state']

// As in Store.java: the package cannot take such a body from clients that change tokens between blocks.
function longBody (octets) {
  const body = Buffer.alloc(octets)
  let state = 7959
  for (let i = 0; i < octets; i++) {
    state = Math.imul(state, 1103515245) + 12345 | 0
    body[i] = state >> 16
  }
  return body
}

function answer (res, code, body) {
  res.code = code
  res.end(body)
}

function observe (res) {
  observers.add(res)
  res.on('finish', () => observers.delete(res))
  res.write(bodies.get('/state'))
}

function write (path, req, res) {
  const existed = bodies.has(path)
  bodies.set(path, req.payload)
  answer(res, existed ? '2.04' : '2.01')
  if (path === '/state') {
    observers.forEach(observer => observer.write(req.payload))
  }
}

const server = coap.createServer((req, res) => {
  const path = req.url.split('?')[0]
  const get = req.method === 'GET'
  if (path === '/' || path === '/async') {
    if (!get) return answer(res, '4.05')
    return path === '/' ? answer(res, '2.05', 'node') : setTimeout(() => answer(res, '2.05', 'done'), delay)
  }
  if (!writable.includes(path) || (get && !bodies.has(path))) return answer(res, '4.04')
  if (get && path === '/state' && req.headers.Observe === 0) return observe(res)
  if (get) return answer(res, '2.05', bodies.get(path))
  if (req.method === 'DELETE') {
    bodies.delete(path)
    return answer(res, '2.02')
  }
  write(path, req, res)
})
server.listen(port, '127.0.0.1')
