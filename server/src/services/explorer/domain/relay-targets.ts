/** The servers that calls are relayed to. */
export interface RelayTargets {
  /** Their addresses, as clients name them. */
  readonly addresses: readonly string[];
  /**
   * Takes one of the places that there are for calls; returns what gives it back.
   * @throws TooMuchWork where all are taken.
   */
  reserve(): () => void;
  /**
   * Makes a call to one of them. Resolves once its headers are there.
   * @throws NotFound for an address that is not listed; or whatever the call ends with.
   */
  call(address: string, call: RelayedCall): Promise<RelayedResponse>;
}

/** A call to be made. */
export interface RelayedCall {
  /** The full name of the service. */
  readonly service: string;
  readonly method: string;
  readonly metadata: Headers;
  readonly messages: AsyncIterable<Uint8Array>;
  /** How long it may take, in milliseconds; as long as it likes where undefined. */
  readonly timeoutMs: number | undefined;
  readonly signal: AbortSignal;
}

/** What comes of a call. */
export interface RelayedResponse {
  readonly headers: Headers;
  /** Fails with what the call ends with, where that is not OK. */
  readonly messages: AsyncIterable<Uint8Array>;
  /** Complete once the messages have ended. */
  readonly trailers: Headers;
}
