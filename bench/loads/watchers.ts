import type { Call } from "../call.ts";
import type { RunningServer } from "../servers/server-spec.ts";
import { openHttp2Connection } from "./http2-connection.ts";
import { requestFrames } from "./http2-request.ts";
import { createMessageCounter, type MessageCounter } from "./message-counter.ts";

/** Streams of servers that stay open. */
export interface Watchers {
  /** How many messages have arrived, all streams together, the first of each included. */
  received(): number;
  /** Calls back whenever messages have arrived. */
  onReceived(listener: () => void): void;
  /** Never resolves; rejects when a stream ends or is cut. */
  readonly failed: Promise<never>;
  close(): void;
}

/** Streams of one server. */
export interface OpenWatchers extends Watchers {
  /** Opens more streams on each connection; resolves when the first message of each has arrived. */
  open(streamsEach: number): Promise<void>;
}

/** Opens connections over HTTP/2 for streams that a gRPC call opens. */
export async function openWatchers(server: RunningServer, call: Call, connections: number): Promise<OpenWatchers> {
  const request = requestFrames(call, server);
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  let received = 0;
  let streams = 0;
  let tell: () => void = () => undefined;

  const opened = await Promise.all(
    Array.from({ length: connections }, () => {
      const counters = new Map<number, MessageCounter>();
      const counterOf = (stream: number) => {
        const counter = counters.get(stream) ?? createMessageCounter();
        counters.set(stream, counter);
        return counter;
      };
      return openHttp2Connection(server, request, {
        onData(stream, buffer, start, end) {
          received += counterOf(stream)(buffer, start, end);
          tell();
        },
        onEnd: () => fail(new Error(`a stream of ${call.path} ended`)),
        onFailure: fail,
      });
    }),
  );

  return {
    failed,
    received: () => received,
    onReceived(listener) {
      tell = listener;
    },
    async open(streamsEach) {
      for (const connection of opened) for (let index = 0; index < streamsEach; index++) connection.open();
      streams += connections * streamsEach;
      const { promise: allOpen, resolve } = Promise.withResolvers<void>();
      tell = () => received >= streams && resolve();
      await Promise.race([allOpen, failed]);
    },
    close() {
      for (const connection of opened) connection.close();
    },
  };
}

/** Streams of several servers as one. */
export function joinWatchers(all: readonly Watchers[]): Watchers {
  return {
    failed: Promise.race(all.map(({ failed }) => failed)),
    received: () => all.reduce((sum, watchers) => sum + watchers.received(), 0),
    onReceived(listener) {
      for (const watchers of all) watchers.onReceived(listener);
    },
    close() {
      for (const watchers of all) watchers.close();
    },
  };
}
