import type { Call } from "../call.ts";
import type { HarnessSettings } from "../harness.ts";
import { callOnceHttp1 } from "../loads/call-once-http1.ts";
import { callOnceHttp2 } from "../loads/call-once-http2.ts";
import { http1Load } from "../loads/http1-load.ts";
import { http2Load } from "../loads/http2-load.ts";
import type { Concurrency, Load } from "../loads/load.ts";
import { ownHttp2Load } from "../loads/own-http2-load.ts";
import type { Subject } from "../row.ts";
import type { RunningServer, ServerSpec } from "../servers/server-spec.ts";

/** A busy machine may give a server no time at all: a span without an answer is tried again so many times, longer each time. */
const MAX_TRIES = 5;
const LONGER = 3;

/** A call, who makes it, and what an answer counts for. */
export interface Work {
  /** The name of the subject, where it is not that of the server. */
  readonly name?: string;
  readonly call: Call;
  readonly concurrency: Concurrency;
  /** What one answer adds to the figure; 1 unless given. */
  readonly worth?: number;
  /** Brings a server to where it can answer. */
  readonly prepare?: (server: RunningServer) => Promise<unknown>;
}

/** A server that answers a gRPC call over HTTP/2 as often as it can; the figure is answers a second, each for its worth. */
export function underHttp2Load(spec: ServerSpec, work: Work): Subject {
  return underLoad(spec, work, callOnceHttp2, http2Load);
}

/** As `underHttp2Load`, always by our own load: for calls whose messages are frames of their own. */
export function underOwnHttp2Load(spec: ServerSpec, work: Work): Subject {
  return underLoad(spec, work, callOnceHttp2, () => ownHttp2Load);
}

/** A server that answers a call over HTTP/1.1 as often as it can; the figure is answers a second, each for its worth. */
export function underHttp1Load(spec: ServerSpec, work: Work): Subject {
  return underLoad(spec, work, callOnceHttp1, http1Load);
}

function underLoad(
  spec: ServerSpec,
  { name = spec.name, call, concurrency, worth = 1, prepare }: Work,
  callOnce: (server: RunningServer, call: Call) => Promise<number>,
  chooseLoad: (settings: HarnessSettings) => Load,
): Subject {
  return {
    name,
    server: spec,
    whyNot: (purpose) => spec.whyNot?.(purpose),
    async open(harness) {
      const load = chooseLoad(harness.settings);
      const server = await harness.server(spec);
      await prepare?.(server);
      const answerBytes = await callOnce(server, call);
      let counted = 0;
      return {
        server,
        counted: () => counted,
        async sample(seconds) {
          counted = 0;
          for (let tries = 0; tries < MAX_TRIES; tries++) {
            const span = seconds * LONGER ** tries;
            const { callsPerSecond, calls } = await load(server, call, concurrency, span, answerBytes);
            counted += calls * worth;
            if (callsPerSecond > 0) return callsPerSecond * worth;
          }
          throw new Error(`no call was answered in ${MAX_TRIES} tries of ${seconds} s and more`);
        },
      };
    },
  };
}
