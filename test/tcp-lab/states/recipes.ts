/** Every TCP state, as RFC 9293 section 3.3.2 reaches it. The state is held by what is not done, or by what does not arrive. */
import { untilState } from './bench.ts'
import type { RecipeStep, StateRecipe } from './state-recipe.ts'

export const backlog = 5
export const bytesUnread = 1000
/** Long before anything is sent because of it (tcp(7), TCP_KEEPIDLE). */
export const keepAliveSeconds = 600

const step = (en: string, zh: string, run: RecipeStep['do']): RecipeStep => ({ text: { en, 'zh-CN': zh }, do: run })

const listens = step('The server: bind() and listen().', '服务器：bind()、listen()。', (bench) => bench.listen())
const connects = step(
  'The client: connect(). SYN, SYN+ACK and ACK pass; both sides are ESTABLISHED. The server: accept().',
  '客户端：connect()。SYN、SYN+ACK、ACK 依次通过，双方都是 ESTABLISHED。服务器：accept()。',
  async (bench) => {
    await bench.connect()
    await bench.accept()
  },
)
const open = [listens, connects]
const toServerCut = step('The cable is cut from the client to the server.', '切断从客户端到服务器的方向。', (bench) =>
  bench.cut('to-server'),
)
const toClientCut = step('The cable is cut from the server to the client.', '切断从服务器到客户端的方向。', (bench) =>
  bench.cut('to-client'),
)
const clientEnds = step(
  'The client: shutdown(SHUT_WR). Its FIN is acknowledged: it is in FIN-WAIT-2, the server in CLOSE-WAIT.',
  '客户端：shutdown(SHUT_WR)。FIN 得到确认：客户端进入 FIN-WAIT-2，服务器进入 CLOSE-WAIT。',
  async (bench) => {
    await bench.client.end()
    await Promise.all([untilState(bench.client, 'FIN_WAIT_2'), untilState(bench.accepted, 'CLOSE_WAIT')])
  },
)

export const stateRecipes: readonly StateRecipe[] = [
  {
    name: 'listen',
    state: 'LISTEN',
    side: 'server',
    steps: [
      step(
        `The server: bind(), and listen() with a backlog of ${backlog}.`,
        `服务器：bind()，然后 listen()，backlog 为 ${backlog}。`,
        (bench) => bench.listen({ backlog }),
      ),
    ],
  },
  {
    name: 'not-accepted',
    state: 'ESTABLISHED',
    special: { en: 'The handshake is complete, and nobody has called accept().', 'zh-CN': '握手已完成，但还没有人调用 accept()。' },
    side: 'server',
    steps: [
      step(
        `The server: bind(), and listen() with a backlog of ${backlog}. It never calls accept().`,
        `服务器：bind()，然后 listen()，backlog 为 ${backlog}。它从不调用 accept()。`,
        (bench) => bench.listen({ backlog, accepts: false }),
      ),
      step(
        'The client: connect(). The kernels complete the handshake alone; the connection waits in the accept queue.',
        '客户端：connect()。握手由双方内核自行完成，连接在 accept 队列中等待。',
        (bench) => bench.connect(),
      ),
    ],
  },
  {
    name: 'syn-sent',
    state: 'SYN_SENT',
    side: 'client',
    steps: [
      listens,
      toServerCut,
      step('The client: connect(). Its SYN is lost, and repeated.', '客户端：connect()。SYN 丢失，并不断重传。', (bench) =>
        bench.connect({ waits: false }),
      ),
    ],
  },
  {
    name: 'syn-received',
    state: 'SYN_RECEIVED',
    side: 'server',
    steps: [
      listens,
      toClientCut,
      step(
        'The client: connect(). Its SYN arrives; the SYN+ACK of the server is lost, and repeated.',
        '客户端：connect()。SYN 到达；服务器的 SYN+ACK 丢失，并不断重传。',
        (bench) => bench.connect({ waits: false }),
      ),
    ],
  },
  {
    name: 'established',
    state: 'ESTABLISHED',
    side: 'server',
    steps: [
      ...open,
      step(
        `The server turns on keepalive. The client sends ${bytesUnread} bytes, which the server does not read.`,
        `服务器打开 keepalive。客户端发送 ${bytesUnread} 字节，服务器没有读取。`,
        async (bench) => {
          await bench.accepted.setKeepAlive({ idle: keepAliveSeconds, interval: keepAliveSeconds, count: 1 })
          await bench.client.write(bytesUnread)
        },
      ),
    ],
  },
  {
    name: 'fin-wait-1',
    state: 'FIN_WAIT_1',
    side: 'client',
    steps: [
      ...open,
      toServerCut,
      step(
        'The client: shutdown(SHUT_WR). Its FIN is lost, and repeated; the program still has the socket.',
        '客户端：shutdown(SHUT_WR)。FIN 丢失，并不断重传；程序仍持有该套接字。',
        (bench) => bench.client.end(),
      ),
    ],
  },
  {
    name: 'fin-wait-1-orphan',
    state: 'FIN_WAIT_1',
    special: { en: 'FIN_WAIT_1 that no process has any more.', 'zh-CN': '已不属于任何进程的 FIN_WAIT_1。' },
    side: 'client',
    steps: [
      ...open,
      toServerCut,
      step(
        'The client: close(). Its FIN is lost, and repeated by the kernel alone: no process has the socket any more.',
        '客户端：close()。FIN 丢失，由内核独自重传：已没有进程持有该套接字。',
        (bench) => bench.client.close(),
      ),
    ],
  },
  { name: 'fin-wait-2', state: 'FIN_WAIT_2', side: 'client', steps: [...open, clientEnds] },
  {
    name: 'fin-wait-2-orphan',
    state: 'FIN_WAIT_2',
    special: {
      en: 'FIN_WAIT_2 that no process has any more: now a timer ends it.',
      'zh-CN': '已不属于任何进程的 FIN_WAIT_2：由定时器结束。',
    },
    side: 'client',
    steps: [
      ...open,
      step(
        'The client: close(). Its FIN is acknowledged; the server does not close. No process has the socket any more.',
        '客户端：close()。FIN 得到确认，而服务器不关闭。已没有进程持有该套接字。',
        async (bench) => {
          await bench.client.close()
          await untilState(bench.accepted, 'CLOSE_WAIT')
        },
      ),
    ],
  },
  {
    name: 'close-wait',
    state: 'CLOSE_WAIT',
    side: 'server',
    steps: [
      ...open,
      step(
        'The client: shutdown(SHUT_WR). Its FIN arrives; the program of the server does not call close().',
        '客户端：shutdown(SHUT_WR)。FIN 到达；服务器程序没有调用 close()。',
        async (bench) => {
          await bench.client.end()
          await untilState(bench.accepted, 'CLOSE_WAIT')
        },
      ),
    ],
  },
  {
    name: 'closing',
    state: 'CLOSING',
    side: 'server',
    steps: [
      ...open,
      step('The cable is cut in both directions.', '切断两个方向。', (bench) => {
        bench.cut('to-server')
        bench.cut('to-client')
      }),
      step(
        'Both: shutdown(SHUT_WR). The two FINs cross and are lost: both are in FIN-WAIT-1.',
        '双方：shutdown(SHUT_WR)。两个 FIN 交叉并丢失：双方都是 FIN-WAIT-1。',
        async (bench) => {
          await bench.client.end()
          await bench.accepted.end()
        },
      ),
      step(
        "The cable heals towards the server: the client's repeated FIN arrives, but no acknowledgement of the server's own.",
        '到服务器的方向恢复：客户端重传的 FIN 到达，但服务器自己的 FIN 仍得不到确认。',
        async (bench) => {
          bench.heal('to-server')
          await untilState(bench.accepted, 'CLOSING')
        },
      ),
    ],
  },
  {
    name: 'last-ack',
    state: 'LAST_ACK',
    side: 'server',
    steps: [
      ...open,
      clientEnds,
      toClientCut,
      step(
        'The server: shutdown(SHUT_WR), with the socket still open. Its FIN is lost, and repeated.',
        '服务器：shutdown(SHUT_WR)，套接字仍然打开。FIN 丢失，并不断重传。',
        (bench) => bench.accepted.end(),
      ),
    ],
  },
  {
    name: 'last-ack-orphan',
    state: 'LAST_ACK',
    special: { en: 'LAST_ACK that no process has any more.', 'zh-CN': '已不属于任何进程的 LAST_ACK。' },
    side: 'server',
    steps: [
      ...open,
      clientEnds,
      toClientCut,
      step(
        'The server reads to the end and calls close(). Its FIN is lost, and repeated by the kernel alone.',
        '服务器读到末尾后调用 close()。FIN 丢失，由内核独自重传。',
        async (bench) => {
          // With anything unread, close() would send RST.
          await bench.accepted.read()
          await bench.accepted.close()
        },
      ),
    ],
  },
  {
    name: 'time-wait',
    state: 'TIME_WAIT',
    side: 'client',
    steps: [
      ...open,
      clientEnds,
      step(
        "The server: shutdown(SHUT_WR). Its FIN arrives and is acknowledged: the client, who closed first, waits out the connection's past.",
        '服务器：shutdown(SHUT_WR)。FIN 到达并得到确认：先关闭的客户端进入等待。',
        async (bench) => {
          await bench.accepted.end()
          // To its owner the kernel calls the rest of the socket closed.
          await untilState(bench.client, 'CLOSED')
        },
      ),
    ],
  },
  {
    name: 'bound',
    state: 'BOUND',
    side: 'server',
    steps: [
      step('The server: bind(), and neither listen() nor connect().', '服务器：bind()，既不 listen() 也不 connect()。', (bench) =>
        bench.bind(),
      ),
    ],
  },
]

export function recipeNamed(name: string): StateRecipe {
  const recipe = stateRecipes.find((one) => one.name === name)
  if (recipe === undefined) throw new Error(`There is no recipe "${name}".`)
  return recipe
}
