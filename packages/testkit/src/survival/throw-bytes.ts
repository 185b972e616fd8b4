import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { SeededRandom } from "./seeded-random.ts";

/** How a client leaves a connection: closes it, resets it, or closes its side and reads on. */
const ENDINGS = ["close", "reset", "half-close"] as const;
/** How long a client waits for an answer at most before it leaves, in milliseconds. */
const WAIT_MS = 150;

/** Sends pieces on a new connection, waits a random while, and leaves in a random way; resolves when the connection is closed. */
export async function throwBytes(port: number, random: SeededRandom, pieces: readonly Uint8Array[]): Promise<void> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true, allowHalfOpen: true }).on("error", () => undefined);
  const closed = new Promise<void>((resolve) => socket.on("close", () => resolve()));
  if (random.chance(0.8)) socket.resume();
  const apart = random.chance(0.5);
  for (const piece of pieces) {
    socket.write(piece);
    if (apart) await Promise.race([pause(1), closed]);
  }
  const ending = random.pick(ENDINGS);
  if (ending === "half-close") socket.end();
  await Promise.race([pause(random.integer(0, WAIT_MS)), closed]);
  if (ending === "reset") socket.resetAndDestroy();
  else socket.destroy();
  await closed;
}

/** Cuts bytes into pieces at random places. */
export function cutApart(random: SeededRandom, bytes: Buffer): Buffer[] {
  const pieces: Buffer[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = random.chance(0.3) ? bytes.length : Math.min(bytes.length, start + random.integer(1, 2_000));
    pieces.push(bytes.subarray(start, end));
    start = end;
  }
  return pieces;
}
