import { PreparedHeaders } from "./prepare-headers.ts";

/** What a stream has to send and could not yet, in its order: blocks of headers, and parts of the body. Made only for a stream that waits. */
export class Outbox {
  /** Bytes of the body that wait. */
  bytes = 0;
  /** Whether the response ends behind the last item. */
  isEnded = false;
  /** Whether the consumer is to be notified when there is room again. */
  wantsDrain = false;
  /** How many bytes of the first item are sent. */
  sent = 0;
  private readonly items: (PreparedHeaders | Uint8Array)[] = [];

  get count(): number {
    return this.items.length;
  }

  /** What is next; undefined when there is nothing. */
  get next(): PreparedHeaders | Uint8Array | undefined {
    return this.items[0];
  }

  add(item: PreparedHeaders | Uint8Array): void {
    this.items.push(item);
    if (!(item instanceof PreparedHeaders)) this.bytes += item.length;
  }

  /** Counts bytes of the next part of the body, of so many, as sent, and takes the part away when it is sent whole. */
  advance(amount: number, of: number): void {
    this.sent += amount;
    this.bytes -= amount;
    if (this.sent === of) this.shift();
  }

  /** Takes the next item away. */
  shift(): void {
    this.items.shift();
    this.sent = 0;
  }
}
