import type { ServerConnection } from "./connection.ts";
import { type Deferred, deferFlush } from "./flush-scheduler.ts";
import type { OutputBuffer } from "./output-buffer.ts";
import type { Sender } from "./sender.ts";
import type { ServerStream } from "./server-stream.ts";
import { SocketReader } from "./socket-reader.ts";

/**
 * Reads and writes for a connection, turn by turn of the event loop: what a chunk makes ready goes out behind it, and what is made later goes
 * out together at the end of the turn.
 */
export class ConnectionWorker implements Deferred {
  readonly reader: SocketReader;
  private readonly connection: ServerConnection;
  private readonly sender: Sender;
  private readonly output: OutputBuffer;
  /** Whether frames are being read or a turn runs, which ends with a flush. */
  private isWorking = false;
  private isFlushDue = false;

  constructor(connection: ServerConnection) {
    this.connection = connection;
    this.sender = connection.sender;
    this.output = connection.output;
    this.reader = new SocketReader(connection);
  }

  /** Takes what the socket has read. */
  receive(chunk: Buffer): void {
    // Small chunks come once a turn, so that no turn has to be scheduled to begin to count again.
    if (this.reader.count(chunk) || this.isFlushDue) this.schedule();
    else this.beginTurn();
    this.isWorking = true;
    try {
      this.reader.read(chunk);
    } catch (error) {
      this.connection.fail(error);
    }
    this.isWorking = false;
    // Responses that are ready go out at once; what can wait goes with what the turn makes.
    if (this.sender.hasSent && this.connection.isOpen) this.output.flush();
    this.afterWork();
  }

  /** Has a turn run, unless one is running or due. */
  schedule(): void {
    if (this.isWorking || this.isFlushDue) return;
    this.isFlushDue = true;
    deferFlush(this);
  }

  /** Goes on with what had to wait for this turn, and sends what has been made since the last. */
  runDeferred(): void {
    this.isFlushDue = false;
    this.beginTurn();
    if (!this.connection.isOpen) return;
    this.isWorking = true;
    try {
      this.reader.readBacklog();
    } catch (error) {
      this.connection.fail(error);
    }
    this.sender.pump();
    const { drained } = this.sender;
    this.sender.drained = [];
    // The sender knows of streams only what it needs; these are those that it was given.
    for (const stream of drained) this.connection.requests.deliverDrained(stream as ServerStream);
    this.isWorking = false;
    if (this.connection.isOpen) this.output.flush();
    this.afterWork();
  }

  private beginTurn(): void {
    this.reader.beginTurn();
    this.sender.beginTurn();
  }

  /** What may be left to do. */
  private afterWork(): void {
    if (this.connection.isOpen) this.connection.workDone();
    if (!this.connection.isOpen) return;
    const { reader, sender, output } = this;
    // What a blocked socket does not take goes on once it has drained: a turn would have nothing to do.
    const canFlush = output.length > 0 && !output.isBlocked;
    if (canFlush || reader.hasBacklog || sender.hasReady || sender.drained.length > 0) this.schedule();
  }
}
