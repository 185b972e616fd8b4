import type { Call } from "../call.ts";
import { callOnce } from "../loads/call-once.ts";
import { http2Load } from "../loads/http2-load.ts";
import type { Crowd } from "../loads/load.ts";
import type { Contender } from "../row.ts";
import type { ServerSpec } from "../servers/server-spec.ts";

/** A server that answers a gRPC call over HTTP/2 as often as it can; the figure is answers a second. */
export function underLoad(spec: ServerSpec, call: Call, crowd: Crowd): Contender {
  return {
    name: spec.name,
    server: spec,
    whyNot: () => spec.whyNot?.(),
    async open(lab) {
      const server = await lab.server(spec);
      const load = http2Load(lab.settings);
      const answerBytes = await callOnce(server, call);
      return {
        server,
        async sample(seconds) {
          const { callsPerSecond } = await load(server, call, crowd, seconds, answerBytes);
          return callsPerSecond;
        },
      };
    },
  };
}
