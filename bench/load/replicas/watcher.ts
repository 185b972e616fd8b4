import { createClient, type Transport } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { follow } from "@triptych/rpc-web";
import type { SeenGreeting } from "./check-whole.ts";

/** How long a stream may be silent, in milliseconds: three heartbeats. */
const SILENCE_MS = 3_000;

/** One who watches the greetings from the first on, as a page does, and goes on at the next replica when a stream is lost. */
export class Watcher {
  readonly seen: SeenGreeting[] = [];
  /** How often it was told to start from scratch. */
  restarts = 0;
  readonly #names = new Set<string>();
  readonly #waiting = new Map<string, () => void>();
  readonly #left = new AbortController();
  readonly #done: Promise<void>;

  /** Watches the first of the replicas, as long as that goes well. */
  constructor(replicas: readonly Transport[]) {
    this.#done = this.#watch(replicas.map((transport) => createClient(GreeterService, transport)));
  }

  /** Resolves once it has seen a greeting; a stream that ends for good rejects. */
  async hasSeen(name: string): Promise<void> {
    if (this.#names.has(name)) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.set(name, resolve);
    await Promise.race([promise, this.#done]);
  }

  /** Ends watching; rejects with what its stream has ended with for good, if it has. */
  async leave(): Promise<void> {
    this.#left.abort();
    await this.#done;
  }

  async #watch(greeters: readonly ReturnType<typeof createClient<typeof GreeterService>>[]): Promise<void> {
    let attempts = 0;
    const updates = follow(
      (signal, afterSequence = 0n, logId = "") => {
        const greeter = greeters[attempts++ % greeters.length];
        if (greeter === undefined) throw new RangeError("there must be a replica");
        return greeter.watchGreetings({ afterSequence, logId }, { signal });
      },
      {
        sequenceOf: ({ update }) => update.value?.sequence,
        logIdOf: ({ update }) => (update.case === "position" ? update.value.logId : undefined),
        resumeFrom: 0n,
        signal: this.#left.signal,
        silenceMs: SILENCE_MS,
        onRestart: () => {
          this.restarts++;
        },
      },
    );
    for await (const { update } of updates) {
      if (update.case !== "greeting") continue;
      const { sequence, name } = update.value;
      this.seen.push({ sequence: Number(sequence), name });
      this.#names.add(name);
      this.#waiting.get(name)?.();
      this.#waiting.delete(name);
    }
  }
}
