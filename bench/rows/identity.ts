import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { grpcCall } from "../call.ts";
import type { Row, Subject } from "../row.ts";
import { app } from "../servers/app.ts";
import { apiKey, appAskingForKeys, appAskingForTokens, issuerOfTokens } from "../servers/app-asking.ts";
import type { ServerSpec } from "../servers/server-spec.ts";
import { processorTimeOf } from "../subjects/processor-time.ts";
import { underHttp2Load } from "../subjects/under-load.ts";

const unsigned = grpcCall(CalculatorService.method.add, { a: 2n, b: 40n });
const concurrency = { connections: 4, callsEach: 25 };

/** What it costs a call that the server asks who makes it, with a share for each caller. */
export const identity: Row = {
  ...whatItCosts(appAskingForKeys, async () => apiKey),
  name: "identity",
  title: "processor time of a gRPC unary call over h2c, identity off and on, callers with API keys",
};

/** The same where callers bring tokens. */
export const identityByToken: Row = {
  ...whatItCosts(appAskingForTokens, async () => (await issuerOfTokens()).tokenOf("load")),
  name: "identity-by-token",
  title: "processor time of a gRPC unary call over h2c, identity off and on, callers with tokens",
};

function whatItCosts(
  asking: ServerSpec,
  credential: () => Promise<string>,
): Pick<Row, "unit" | "freshEachRound" | "subjects" | "targets"> {
  return {
    unit: "µs",
    freshEachRound: true,
    // The same to both: to one that does not ask it says nothing.
    subjects: [app, asking].map((server) => processorTimeOf(signed(server, credential))),
    targets: [{ of: asking.name, per: app.name, bound: "≤", value: 1.05 }],
  };
}

/** A server under load by calls that bring a credential. */
function signed(server: ServerSpec, credential: () => Promise<string>): Subject {
  const underLoad = (headers: Readonly<Record<string, string>>) =>
    underHttp2Load(server, { call: { ...unsigned, headers: { ...unsigned.headers, ...headers } }, concurrency });
  return {
    ...underLoad({}),
    async open(harness) {
      return underLoad({ authorization: `Bearer ${await credential()}` }).open(harness);
    },
  };
}
