import { setTimeout as pause } from "node:timers/promises";
import { type Client, createClient, type Transport } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import type { WrittenNames } from "./check-whole.ts";

const GREETERS = 6;
const CUSTOMERS = 2;
/** How long each waits between its writes, in milliseconds. */
const PAUSE_MS = 20;
/** How long a write may take before its writer gives it up, in milliseconds. */
const TIMEOUT_MS = 5_000;

/** Those who write to replicas, each on and on, and go to the next replica when a write fails. */
export class Writers implements WrittenNames {
  readonly acknowledged = new Set<string>();
  readonly unknown = new Set<string>();
  /** The phones of the orders that were acknowledged, one for each idempotency key. */
  readonly ordered = new Set<string>();
  readonly #greeters: readonly Client<typeof GreeterService>[];
  readonly #orders: readonly Client<typeof OrderService>[];
  readonly #done: Promise<unknown>;
  #isOver = false;
  #lastAt = performance.now();
  #longestMs = 0;

  constructor(replicas: readonly Transport[]) {
    this.#greeters = replicas.map((transport) => createClient(GreeterService, transport));
    this.#orders = replicas.map((transport) => createClient(OrderService, transport));
    this.#done = Promise.all([
      ...Array.from({ length: GREETERS }, (_, index) => this.#greetOn(index)),
      ...Array.from({ length: CUSTOMERS }, (_, index) => this.#orderOn(index)),
    ]);
  }

  /** The longest time in which no greeting was acknowledged since this was asked last, in milliseconds. */
  longestPause(): number {
    const longest = Math.max(this.#longestMs, performance.now() - this.#lastAt);
    this.#longestMs = 0;
    this.#lastAt = performance.now();
    return longest;
  }

  /** Writes one greeting to one replica; resolves with whether it was acknowledged. */
  async greet(replica: number, name: string, timeoutMs: number): Promise<boolean> {
    try {
      await this.#greeters[replica]?.sayHello({ name }, { timeoutMs });
      this.acknowledged.add(name);
      this.#longestMs = Math.max(this.#longestMs, performance.now() - this.#lastAt);
      this.#lastAt = performance.now();
      return true;
    } catch {
      this.unknown.add(name);
      return false;
    }
  }

  /** Ends all writing once what is under way is answered. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#done;
  }

  async #greetOn(writer: number): Promise<void> {
    let replica = writer % this.#greeters.length;
    for (let count = 1; !this.#isOver; count++) {
      const isStored = await this.greet(replica, `writer ${writer} no ${count}`, TIMEOUT_MS);
      if (!isStored) replica = (replica + 1) % this.#greeters.length;
      await pause(PAUSE_MS);
    }
  }

  /** Makes each order again, under its idempotency key, until it is answered. */
  async #orderOn(customer: number): Promise<void> {
    let replica = customer % this.#orders.length;
    for (let count = 1; !this.#isOver; ) {
      const phone = String(1_000_000 * (customer + 1) + count);
      const order = { items: [{ bookId: 1, quantity: 1 }], phone, idempotencyKey: `key ${phone}` };
      try {
        await this.#orders[replica]?.createOrder(order, { timeoutMs: TIMEOUT_MS });
        this.ordered.add(phone);
        count++;
      } catch {
        replica = (replica + 1) % this.#orders.length;
      }
      await pause(PAUSE_MS);
    }
  }
}
