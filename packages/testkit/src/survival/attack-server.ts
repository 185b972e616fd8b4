import type { Attack } from "./attack.ts";
import { type CalmResult, callCalmly } from "./calm-client.ts";
import { recordClients } from "./record-clients.ts";
import { createSeededRandom } from "./seeded-random.ts";
import { leftAfter, readHeld, residentBytesOf } from "./vital-signs.ts";

/**
 * How long a server may take to be done with it all, in milliseconds: on a machine with much else to do, the work that it was given takes longer
 * than five seconds. Less than any of its time limits, which must not be what ends a connection whose client has left.
 */
const SETTLE_MS = 9_000;

/** Which server is attacked, how and for how long. */
export interface AttackOptions {
  readonly port: number;
  readonly pid: number;
  readonly attacks: readonly Attack[];
  readonly seed: number;
  readonly milliseconds: number;
  /** How many strikes of each attack go on at once. */
  readonly atOnce?: number;
}

/** What came of it. */
export interface AttackResult {
  /** How often each attack struck. */
  readonly strikes: Readonly<Record<string, number>>;
  readonly calm: CalmResult;
  /** What the server holds more of than before, when it had time to settle. */
  readonly left: readonly string[];
  /** How much more memory it has in use, in bytes; undefined where the system does not say. */
  readonly grownBytes: number | undefined;
}

/** Attacks a server in all ways at once beside a client that means no harm. Rejects when the server does not answer any more. */
export async function attackServer({ port, pid, seed, atOnce = 3, ...options }: AttackOptions): Promise<AttackResult> {
  const baseUrl = `http://127.0.0.1:${port}`;
  const idle = await readHeld(baseUrl, pid);
  const recordings = await recordClients(port);
  // What is recorded has to be over, or it would hide as much that is left. Descriptors may stay: the first calls open some for good.
  await leftAfter(baseUrl, pid, { ...idle, descriptors: Number.POSITIVE_INFINITY }, SETTLE_MS);
  const before = await readHeld(baseUrl, pid);
  const memory = residentBytesOf(pid);
  const over = AbortSignal.timeout(options.milliseconds);
  const strikes: Record<string, number> = {};

  async function strikeOn({ name, strike }: Attack, lane: number): Promise<void> {
    const random = createSeededRandom(seed, `${name} ${lane}`);
    while (!over.aborted) {
      await strike({ port, random, recordings });
      strikes[name] = (strikes[name] ?? 0) + 1;
    }
  }

  const lanes = options.attacks.flatMap((attack) =>
    Array.from({ length: atOnce }, (_, lane) => strikeOn(attack, lane)),
  );
  const [calm] = await Promise.all([callCalmly(baseUrl, over), ...lanes]);
  const left = await leftAfter(baseUrl, pid, before, SETTLE_MS);
  const now = residentBytesOf(pid);
  const grownBytes = memory === undefined || now === undefined ? undefined : now - memory;
  return { strikes, calm, left, grownBytes };
}
