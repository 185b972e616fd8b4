import type { CallOrder, Kind } from "./call-bytes.ts";

/** A call that a client has begun, which it may end in any way that its transport has. */
export interface OpenCall {
  /** Resolves once some of the answer has come. Never, where none does. */
  readonly answered: Promise<void>;
  /** Resolves once the call is over for the client, however it ended. */
  readonly over: Promise<void>;
  /** Says that the client wants no more of it. */
  cancel(): void;
  /** Breaks it off as a fault: with another code, or the connection with a reset where that is all there is. */
  reset(): void;
  /** Closes the connection under it. */
  destroy(): void;
  /** Lets go of the connection, once the call is over. */
  leave(): void;
}

/** A transport with a protocol. */
export interface WayIn {
  readonly name: string;
  carries(kind: Kind): boolean;
  /** Begins a call on a connection of its own, and ends the client's side of it after one message. */
  open(port: number, order: CallOrder): Promise<OpenCall>;
}
