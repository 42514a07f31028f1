import { withDeadline } from '../../core/request';
import { createFaultListeners } from './faultListeners';
import type { TenantStore } from './TenantStore';

/** What is needed of a `createClient()` of node-redis 5. It need not be connected: the store makes connections like it. */
export interface RedisClient {
  duplicate(): RedisConnection;
}

/** One connection, as node-redis has it. For another library, wrap its own in these four functions. */
export interface RedisConnection {
  connect(): Promise<unknown>;
  sendCommand(command: string[]): Promise<unknown>;
  destroy(): void;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

export interface RedisStoreOptions {
  client: RedisClient;
  /** What the store's keys begin with. @default 'upsolve_tenants:' */
  keyPrefix?: string | undefined;
  /**
   * How long a command may take, its connection included, in ms; then that connection is closed. It should be less than
   * the handler's `storeTimeoutMs`. @default 900
   */
  timeoutMs?: number | undefined;
}

export interface RedisStore extends TenantStore {
  /** Closes the store's connection, as for a process that is to end. A later call opens another. */
  close(): void;
}

/** A connect that takes longer is given up. */
const CONNECT_MS = 5_000;
/** After a connection failed, calls fail at once for as long: a server that comes back is not stormed. */
const PAUSE_MS = 200;

/**
 * A store in Redis, for any number of processes and machines, whose clocks may differ. It has a connection of its own, and
 * gives it up at the first sign that nothing comes back: node-redis itself waits on one whose packets vanish until TCP
 * does not, a quarter of an hour later.
 */
export function createRedisStore(options: RedisStoreOptions): RedisStore {
  const { client, keyPrefix = 'upsolve_tenants:', timeoutMs = 900 } = options;
  const { onFault, tell } = createFaultListeners();
  let current: OpenConnection | undefined;
  let failed: { readonly atMs: number; readonly thrown: unknown } | undefined;

  function close(connection = current): void {
    if (connection === current) current = undefined;
    connection?.close();
  }

  function open(): OpenConnection {
    if (current) return current;
    if (failed && performance.now() - failed.atMs < PAUSE_MS) throw failed.thrown;
    const opened = openConnection(client, (thrown) => {
      if (current !== opened) return;
      failed = { atMs: performance.now(), thrown };
      close(opened);
      tell(() => thrown);
    });
    return (current = opened);
  }

  async function send(...command: string[]): Promise<unknown> {
    let asked: OpenConnection | undefined;
    try {
      return await withDeadline(timeoutMs, new AbortController().signal, async () => {
        asked = open();
        return asked.send(command);
      });
    } catch (thrown) {
      // What the server itself refuses comes over a connection that works.
      if (asked?.isEstablished() && !isReply(thrown)) close(asked);
      throw thrown;
    }
  }

  return {
    async get(key) {
      return (await send('GET', keyPrefix + key)) ?? undefined;
    },
    set: (key, value, ttlMs) => send('SET', keyPrefix + key, value, 'PX', String(Math.max(1, Math.ceil(ttlMs)))),
    delete: (key) => send('DEL', keyPrefix + key),
    async now() {
      const [seconds, microseconds] = (await send('TIME')) as unknown[];
      return Number(seconds) * 1_000 + Math.floor(Number(microseconds) / 1_000);
    },
    onFault,
    close: () => close(),
  };
}

interface OpenConnection {
  send(command: string[]): Promise<unknown>;
  /** False while it is being made, for a time: a connect may take longer than a command. */
  isEstablished(): boolean;
  close(): void;
}

/** Its `send` rejects as soon as the connection is known to be lost, whatever the library still hopes for. */
function openConnection(client: RedisClient, onLost: (thrown: unknown) => void): OpenConnection {
  const connection = client.duplicate();
  let lose: (thrown: unknown) => void = () => undefined;
  const lost = new Promise<never>((_resolve, reject) => (lose = reject));
  lost.catch(() => undefined);
  // An 'error' event that nobody listens to ends the process.
  connection.on('error', (error) => {
    lose(error);
    onLost(error);
  });
  const startedAtMs = performance.now();
  let isConnected = false;
  const connecting = connection.connect();
  connecting.then(
    () => (isConnected = true),
    (thrown: unknown) => {
      lose(thrown);
      onLost(thrown);
    },
  );
  return {
    send: (command) =>
      Promise.race([lost, Promise.race([lost, connecting]).then(() => connection.sendCommand(command))]),
    isEstablished: () => isConnected || performance.now() - startedAtMs > CONNECT_MS,
    close() {
      lose(new Error('The connection to Redis was given up.'));
      try {
        connection.destroy();
      } catch {
        // It has been closed by itself.
      }
    },
  };
}

/** An error that Redis answered, such as OOM. READONLY is none: it comes of a connection to what is no master any more. */
function isReply(thrown: unknown): boolean {
  return thrown instanceof Error && /^(?!READONLY)[A-Z]{3,} /.test(thrown.message);
}
