import type { ServerConnection } from "./connection.ts";
import type { Http2Limits } from "./limits.ts";

/** What a connection has to do about the time. */
export type TimedOut = "preface" | "settings" | "ping" | "idle" | "goaway" | "linger" | "write";

/** What the timers have to know of their connection. */
export type TimedConnection = Pick<ServerConnection, "hasPreface" | "streamsOpened" | "blockedBytes" | "sendPing">;

/** Keeps the time limits of a connection; checked on each round of the sweeper. Times are in milliseconds. */
export class ConnectionTimers {
  private readonly limits: Http2Limits;
  private readonly startedAt: number;
  private nextPingAt: number;
  private pingsUnanswered = 0;
  private lastPing = 0;
  private streamsSeen = 0;
  private lastStreamAt: number;
  private settingsAcknowledged = false;
  private blockedAt: number | undefined = undefined;
  private goAwayAt: number | undefined = undefined;
  private lingersUntil: number | undefined = undefined;

  constructor(limits: Http2Limits, now: number) {
    this.limits = limits;
    this.startedAt = now;
    this.nextPingAt = now + limits.pingIntervalMs;
    this.lastStreamAt = now;
  }

  /** Our settings are acknowledged. */
  settingsAcked(): void {
    this.settingsAcknowledged = true;
  }

  /** A ping was answered; Any answer shows that the client reads and answers. */
  pingAnswered(): void {
    this.pingsUnanswered = 0;
  }

  /** A first GOAWAY has gone out, which the client must know of after the settings timeout, whether it answers the ping or not. */
  goingAway(now: number): void {
    this.goAwayAt = now;
  }

  /** This side of the connection is closed, and the socket has taken all that was written. */
  closing(now: number): void {
    this.lingersUntil = now + this.limits.lingerTimeoutMs;
  }

  /** What has taken too long; undefined when nothing has. */
  check(connection: TimedConnection, now: number): TimedOut | undefined {
    const { limits } = this;
    if (this.lingersUntil !== undefined) return now >= this.lingersUntil ? "linger" : undefined;
    // First, since it is all that ends a connection that is closing and whose client takes nothing.
    if (this.isStuck(connection.blockedBytes, now)) return "write";
    if (!connection.hasPreface && now - this.startedAt >= limits.prefaceTimeoutMs) return "preface";
    if (!this.settingsAcknowledged && now - this.startedAt >= limits.prefaceTimeoutMs + limits.settingsTimeoutMs) {
      return "settings";
    }
    if (this.goAwayAt !== undefined && now - this.goAwayAt >= limits.settingsTimeoutMs) {
      this.goAwayAt = undefined;
      return "goaway";
    }
    return this.checkPing(connection, now) ?? this.checkIdle(connection, now);
  }

  private isStuck(blockedBytes: number | undefined, now: number): boolean {
    if (blockedBytes === undefined) {
      this.blockedAt = undefined;
      return false;
    }
    this.blockedAt ??= now;
    return now - this.blockedAt >= writeTimeoutOf(this.limits, blockedBytes);
  }

  private checkPing(connection: TimedConnection, now: number): TimedOut | undefined {
    if (now < this.nextPingAt) return undefined;
    if (this.pingsUnanswered >= this.limits.maxUnansweredPings) return "ping";
    this.nextPingAt = now + this.limits.pingIntervalMs;
    this.pingsUnanswered += 1;
    this.lastPing += 1;
    connection.sendPing(this.lastPing);
    return undefined;
  }

  private checkIdle({ streamsOpened }: TimedConnection, now: number): TimedOut | undefined {
    if (streamsOpened !== this.streamsSeen) {
      this.streamsSeen = streamsOpened;
      this.lastStreamAt = now;
    }
    return now - this.lastStreamAt >= this.limits.idleTimeoutMs ? "idle" : undefined;
  }
}

/** How long so many bytes may take to leave, in milliseconds. */
export function writeTimeoutOf(limits: Http2Limits, bytes: number): number {
  return limits.writeTimeoutMs + (bytes / limits.writeBytesPerSecond) * 1_000;
}
