import type { DescMethod } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fullName, policyOf } from "../../src/identity/policy.ts";
import { costOf } from "../../src/limits/cost-of.ts";
import { SERVED_METHODS } from "../access/served-methods.ts";
import { CARRIERS, type CodeOfCalls, carries, isRejected, openCarrier } from "./code-of-call.ts";
import { useIdentity } from "./use-identity.ts";

const identity = useIdentity();
const credentials: Record<string, string | undefined> = { nobody: undefined, "a bad token": "e30.e30.e30" };

beforeAll(async () => {
  const { issuer } = identity;
  credentials["a subject"] = await issuer.tokenOf("alice");
  credentials["an admin"] = await issuer.tokenOf("root");
  credentials["a key"] = await identity.createKey("robot");
  credentials["the key of an admin"] = await identity.createKey("operator", "--admin");
});

/** What each kind of caller gets to hear of a method, by who may call it; undefined where it is let in. */
const EXPECTED: Readonly<Record<string, Readonly<Record<string, Code | undefined>>>> = {
  nobody: {
    anyone: undefined,
    "signed in": Code.Unauthenticated,
    owner: Code.Unauthenticated,
    admin: Code.Unauthenticated,
  },
  "a bad token": {
    anyone: Code.Unauthenticated,
    "signed in": Code.Unauthenticated,
    owner: Code.Unauthenticated,
    admin: Code.Unauthenticated,
  },
  "a subject": { anyone: undefined, "signed in": undefined, owner: undefined, admin: Code.PermissionDenied },
  "a key": { anyone: undefined, "signed in": undefined, owner: undefined, admin: Code.PermissionDenied },
  "an admin": { anyone: undefined, "signed in": undefined, owner: undefined, admin: undefined },
  "the key of an admin": { anyone: undefined, "signed in": undefined, owner: undefined, admin: undefined },
};

/** A method for anyone that costs nothing looks at no credential. */
function expectedOf(who: string, method: DescMethod): Code | undefined {
  const policy = policyOf(method) ?? "none";
  return policy === "anyone" && costOf(method) === 0 ? undefined : EXPECTED[who]?.[policy];
}

describe.each(CARRIERS)("over %s", (name) => {
  const methods = SERVED_METHODS.filter((method) => carries(name, method));
  let carrier: CodeOfCalls;
  beforeAll(async () => {
    carrier = await openCarrier(name, identity.server.baseUrl);
  });
  afterAll(() => carrier.close());

  it("carries calls", () => expect(methods.length).toBeGreaterThan(0));

  it.each(Object.keys(EXPECTED))("every method takes %s as its policy says", async (who) => {
    const answers = await Promise.all(
      methods.map(async (method) => {
        const code = await carrier.codeOf(method, credentials[who]);
        return [fullName(method), isRejected(code) ? code : undefined];
      }),
    );
    expect(answers).toEqual(methods.map((method) => [fullName(method), expectedOf(who, method)]));
  });
});
