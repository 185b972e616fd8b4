import type { DescMethod } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { RecentCache } from "../recent-cache.ts";
import type { Call } from "./call.ts";
import type { CallerShare } from "./caller-share.ts";
import { CallerShares } from "./caller-shares.ts";
import { DelayedRefusals } from "./delayed-refusals.ts";
import type { Method } from "./method.ts";
import { overShare, type ShareLimit } from "./over-share.ts";

/** What each caller may have of the server; 0 means as much as they like. */
export interface FairShareOptions {
  /** What the calls of a caller may cost in a second. */
  readonly costPerSecond: number;
  /** What they may cost at once, when there were none for a while. */
  readonly burst: number;
  /** How many calls of a caller may be in flight, streams included. A handler counts as long as it runs. */
  readonly maxCalls: number;
  /** How many streams of a caller may be open. */
  readonly maxStreams: number;
  /** How many bytes a caller may have the server hold of request messages that are not complete. */
  readonly maxBufferedBytes: number;
  /** What a call of a method costs; 1 unless given. A unary call that costs 0 is always taken. */
  readonly costOf?: (method: DescMethod) => number;
  /** Who makes a call, once the request gate has let it pass; undefined for who is not known, who then shares with all others at their address. */
  readonly callerOf?: (call: Call) => string | undefined;
}

/** How many calls were refused for what of the share of their caller. */
export type ShareRefusals = Readonly<Record<ShareLimit, number>>;

/** What surrounds the callers. */
export interface ShareSurroundings {
  /** What the calls of one client have in common, of its address. */
  readonly clientOf: (remoteAddress: string | undefined) => string;
  /** How many calls may be in flight, of all callers; 0 for as many as come. */
  readonly maxCallsInFlight: number;
}

/** Of how many addresses it is known what they stand for, at most. */
const MAX_KNOWN_CLIENTS = 2_000;

/** A message of a stream of requests, after the first, costs as much. */
const MESSAGE_COST = 1;
/** A credential that the request gate did not know, and that was good for nothing, costs its address as much. */
const CREDENTIAL_COST = 1;

/**
 * Shares the server out among callers: principals where they are known, or else addresses. A call is asked for before its body is read; a caller who is within
 * all bounds costs two look-ups at most, and no memory.
 */
export class FairShare {
  readonly refused: Record<ShareLimit, number> = { rate: 0, calls: 0, streams: 0, bytes: 0 };
  private readonly maxCalls: number;
  private readonly maxStreams: number;
  private readonly maxBufferedBytes: number;
  private readonly callerOf: FairShareOptions["callerOf"];
  private readonly clientOf: (remoteAddress: string | undefined) => string;
  private readonly inFlight = { count: 0 };
  /** What addresses stand for, which takes longer to find out for those of IPv6 than all else here. */
  private readonly clients = new RecentCache<string>(MAX_KNOWN_CLIENTS);
  private readonly delayed: DelayedRefusals;
  private readonly callers: CallerShares;
  private readonly addresses: CallerShares;
  /**
   * The addresses of calls that wait at the request gate: to look at a credential is work, too. Beside those of callers who are not known, so that neither takes the
   * places of the other.
   */
  private readonly atGate: CallerShares;

  constructor(options: FairShareOptions, { clientOf, maxCallsInFlight }: ShareSurroundings) {
    const rate = { perSecond: unbounded(options.costPerSecond), burst: unbounded(options.burst) };
    this.maxCalls = unbounded(options.maxCalls);
    this.maxStreams = unbounded(options.maxStreams);
    this.maxBufferedBytes = unbounded(options.maxBufferedBytes);
    this.callerOf = options.callerOf;
    this.clientOf = clientOf;
    this.callers = new CallerShares(rate, this.inFlight);
    this.addresses = new CallerShares(rate, this.inFlight);
    this.atGate = new CallerShares(rate, this.inFlight);
    this.delayed = new DelayedRefusals(unbounded(maxCallsInFlight));
  }

  /** How many callers have calls in flight. */
  get callersInFlight(): number {
    return this.inFlight.count;
  }

  /** Takes what a call costs from the share of its caller, which it has then; returns the error where there is not as much. */
  admit(call: Call): ConnectError | undefined {
    const share = this.shareOf(call);
    const refusal = this.refusalOf(call, share);
    if (refusal === undefined) call.share = share;
    return refusal;
  }

  /**
   * Gives a call that waits at the gate the share of its address, to be counted there meanwhile. Returns the error where too many of that address wait; or, where the
   * gate has to look at a credential that it does not know, has found too many from there to be good for nothing.
   */
  admitToGate(call: Call, isUnknown: boolean): ConnectError | undefined {
    const share = this.atGate.of(this.addressOf(call), call.startedAt);
    if (share.calls >= this.maxCalls) return this.refuse("calls");
    // What it would cost is taken when it is good for nothing.
    const waitMs = isUnknown ? share.wait(CREDENTIAL_COST, call.startedAt) : 0;
    if (waitMs > 0) return this.refuse("rate", waitMs);
    call.share = share;
    return undefined;
  }

  /**
   * The gate has looked at a credential that it did not know, of a call with the share of its address, and ended with an error, or without. What was good for nothing
   * costs the address; what could not be read, or is good for less than the call asks for, does not.
   */
  lookedAt(call: Call, gateShare: CallerShare, error: unknown): void {
    const isGood = error === undefined ? this.callerOf?.(call) !== undefined : !isUnauthenticated(error);
    if (!isGood) gateShare.take(CREDENTIAL_COST, call.startedAt);
  }

  /** Refuses a call, at once or later: see `DelayedRefusals`. */
  refuseCall(call: Call, answer: () => void): void {
    this.delayed.refuse(call, this.shareOf(call), answer);
  }

  /** A message of a stream of requests was read; returns the error where its caller has sent too many. */
  takeMessage(share: CallerShare): ConnectError | undefined {
    const waitMs = share.take(MESSAGE_COST, performance.now());
    return waitMs === 0 ? undefined : this.refuse("rate", waitMs);
  }

  /** Bytes of a message that is not complete have come; returns the error where its caller has too many of them. */
  holdBytes(share: CallerShare, bytes: number): ConnectError | undefined {
    share.bytes += bytes;
    return share.bytes > this.maxBufferedBytes ? this.refuse("bytes") : undefined;
  }

  private shareOf(call: Call): CallerShare {
    const caller = this.callerOf?.(call);
    return caller === undefined
      ? this.addresses.of(this.addressOf(call), call.startedAt)
      : this.shareOfCaller(caller, call);
  }

  private shareOfCaller(caller: string, { repeatedHead, startedAt }: Call): CallerShare {
    const kept = repeatedHead?.share;
    if (kept?.caller === caller) return kept;
    const share = this.callers.of(caller, startedAt);
    if (repeatedHead !== undefined) repeatedHead.share = share;
    return share;
  }

  private addressOf({ peer: { remoteAddress = "" } }: Call): string {
    const known = this.clients.get(remoteAddress);
    if (known !== undefined) return known;
    const client = this.clientOf(remoteAddress);
    this.clients.set(remoteAddress, client);
    return client;
  }

  private refusalOf({ method, startedAt }: Call, share: CallerShare): ConnectError | undefined {
    if (isAlwaysTaken(method)) return undefined;
    if (share.calls >= this.maxCalls) return this.refuse("calls");
    if (method.streams && share.streams >= this.maxStreams) return this.refuse("streams");
    const waitMs = share.take(method.cost, startedAt);
    return waitMs === 0 ? undefined : this.refuse("rate", waitMs);
  }

  private refuse(limit: ShareLimit, retryInMs?: number): ConnectError {
    this.refused[limit] += 1;
    return overShare(limit, retryInMs);
  }
}

function isAlwaysTaken({ cost, streams }: Method): boolean {
  return cost === 0 && !streams;
}

function isUnauthenticated(error: unknown): boolean {
  return error instanceof ConnectError && error.code === Code.Unauthenticated;
}

function unbounded(limit: number): number {
  return limit === 0 ? Number.POSITIVE_INFINITY : limit;
}
