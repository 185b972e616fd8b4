import { Socket } from "node:net";
import { expect, it } from "vitest";
import { FloodGuard } from "./flood-guard.ts";
import { defaultLimits } from "./limits.ts";
import type { Outbox } from "./outbox.ts";
import { OutputBuffer } from "./output-buffer.ts";
import { systemDates } from "./response-date.ts";
import { Sender, type SendingStream } from "./sender.ts";

const STREAMS = 1_000;
const UPDATES = 500;
/** What each stream has to send, in bytes. */
const WAITING = 10_000;

/** A stream that counts how often it is visited. */
class WatchedStream implements SendingStream {
  readonly id: number;
  sendWindow = WAITING;
  visits = 0;
  private held: Outbox | undefined = undefined;

  constructor(id: number) {
    this.id = id;
  }

  get outbox(): Outbox | undefined {
    this.visits += 1;
    return this.held;
  }

  set outbox(outbox: Outbox | undefined) {
    this.held = outbox;
  }

  responseSent(): void {}
}

/** A sender whose client takes nothing on the connection for now. */
function createSender() {
  const output = new OutputBuffer(new Socket(), false, () => undefined);
  const sender = new Sender(output, new FloodGuard(defaultLimits, () => 0), 1_000_000, systemDates);
  sender.window = 0;
  /** Sends what can go out in as many turns as it takes. */
  const pumpAll = () => {
    do {
      sender.beginTurn();
      sender.pump();
      output.clear();
    } while (sender.hasReady);
  };
  return { sender, pumpAll };
}

it("visits no more streams than the window of the connection, opened byte by byte, is enough for", () => {
  const { sender, pumpAll } = createSender();
  const streams = Array.from({ length: STREAMS }, (_, index) => new WatchedStream(2 * index + 1));
  for (const stream of streams) sender.data(stream, Buffer.alloc(WAITING));
  pumpAll();
  for (const stream of streams) stream.visits = 0;
  for (let update = 0; update < UPDATES; update++) {
    sender.openConnection(1);
    pumpAll();
  }
  expect(sender.window).toBe(0);
  expect(streams.reduce((sum, { visits }) => sum + visits, 0)).toBeLessThan(10 * UPDATES);
});

it("gives the window of the connection to the streams in turn, those that have waited first", () => {
  const { sender, pumpAll } = createSender();
  const streams = Array.from({ length: 4 }, (_, index) => new WatchedStream(2 * index + 1));
  for (const stream of streams) sender.data(stream, Buffer.alloc(WAITING));
  pumpAll();
  for (let update = 0; update < 40; update++) {
    sender.openConnection(1);
    pumpAll();
  }
  expect(streams.map(({ sendWindow }) => WAITING - sendWindow)).toEqual([10, 10, 10, 10]);
});
