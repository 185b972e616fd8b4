import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { grpcCall } from "../call.ts";
import type { Row, Subject } from "../row.ts";
import { type AskingApp, appAskingForKeys, appAskingForSessions, appAskingForTokens } from "../servers/app-asking.ts";
import type { ServerSpec } from "../servers/server-spec.ts";
import { processorTimeOf } from "../subjects/processor-time.ts";
import { underHttp2Load } from "../subjects/under-load.ts";

const unsigned = grpcCall(CalculatorService.method.add, { a: 2n, b: 40n });
const concurrency = { connections: 4, callsEach: 25 };

/** What it costs a call that the server asks who makes it, with a share for each caller. */
export const identity: Row = whatItCosts(appAskingForKeys, "identity", "callers with API keys");

/** The same where callers bring tokens. */
export const identityByToken: Row = whatItCosts(appAskingForTokens, "identity-by-token", "callers with tokens");

/** The same for pages whose people have signed in. */
export const identityBySession: Row = whatItCosts(
  appAskingForSessions,
  "identity-by-session",
  "pages that have signed in",
);

function whatItCosts(app: AskingApp, name: string, callers: string): Row {
  const { spec, unasked } = app;
  return {
    name,
    title: `processor time of a gRPC unary call over h2c, identity off and on, ${callers}`,
    unit: "µs",
    freshEachRound: true,
    subjects: [unasked, spec].map((server) => processorTimeOf(signed(server, app))),
    targets: [{ of: spec.name, per: unasked.name, bound: "≤", value: 1.05 }],
  };
}

/** A server under load by calls that bring what says who makes them, also where nobody asks. */
function signed(server: ServerSpec, { spec, headersFor }: AskingApp): Subject {
  const underLoad = (headers: Readonly<Record<string, string>>) =>
    underHttp2Load(server, { call: { ...unsigned, headers: { ...unsigned.headers, ...headers } }, concurrency });
  return {
    ...underLoad({}),
    async open(harness) {
      const running = await harness.server(server);
      return underLoad(await headersFor(server === spec ? running : undefined)).open(harness);
    },
  };
}
