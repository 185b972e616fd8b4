import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, connect as openSocket, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Stands between servers and Postgres, and cuts connections or drops notifications when told to. */
export interface CuttingProxy {
  /** The URL of a database of Postgres as it is reached through here. */
  through(url: string): string;
  /** What is done with the next pieces that servers send: undefined goes on. Asked for each piece. */
  onSent: (() => "cut before" | "cut after" | undefined) | undefined;
  /** Whether notifications are dropped, as poolers do. */
  dropsNotifications: boolean;
  /** Whether nothing comes through, in both directions, while connections stay open: as when a cable is pulled. */
  isSilent: boolean;
  /** Cuts all connections, and takes none until it is called with false. */
  cut(isCut: boolean): void;
  close(): Promise<void>;
}

const SOCKET = ".s.PGSQL.5432";
const NOTIFICATION = "A".charCodeAt(0);

/** Opens a proxy before a server of Postgres that listens on a socket in a folder. */
export async function openCuttingProxy(folderOfServer: string): Promise<CuttingProxy> {
  const folder = await mkdtemp(join(tmpdir(), "px-"));
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((client) => {
    if (isCut) {
      client.destroy();
      return;
    }
    const database = openSocket(join(folderOfServer, SOCKET));
    for (const [one, other] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(one);
      one.on("error", () => undefined);
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    client.on("data", (piece) => {
      if (proxy.isSilent) return;
      const what = proxy.onSent?.();
      if (what !== "cut before") database.write(piece);
      if (what === "cut after") {
        // What the database was sent it still does; nobody hears of it.
        database.removeAllListeners("data");
        database.resume();
        setImmediate(() => client.destroySoon());
      } else if (what === "cut before") client.destroy();
    });
    let rest: Buffer = Buffer.alloc(0);
    database.on("data", (piece: Buffer) => {
      if (proxy.isSilent) return;
      if (!proxy.dropsNotifications) {
        client.write(piece);
        return;
      }
      const { kept, incomplete } = withoutNotifications(Buffer.concat([rest, piece]));
      rest = incomplete;
      client.write(kept);
    });
  });
  server.listen(join(folder, SOCKET));
  await once(server, "listening");
  const proxy: CuttingProxy = {
    through: (url) => url.replace(encodeURIComponent(folderOfServer), encodeURIComponent(folder)),
    onSent: undefined,
    dropsNotifications: false,
    isSilent: false,
    cut(cut) {
      isCut = cut;
      if (cut) for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return proxy;
}

/** The whole messages of what has come but for notifications, and what is to be completed. */
function withoutNotifications(bytes: Buffer): { readonly kept: Buffer; readonly incomplete: Buffer } {
  const kept: Buffer[] = [];
  let at = 0;
  while (at + 5 <= bytes.length) {
    const end = at + 1 + bytes.readInt32BE(at + 1);
    if (end > bytes.length) break;
    if (bytes[at] !== NOTIFICATION) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return { kept: Buffer.concat(kept), incomplete: bytes.subarray(at) };
}
