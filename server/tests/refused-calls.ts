import type { DescService } from "@bufbuild/protobuf";
import type { Client } from "@connectrpc/connect";
import { expect, it } from "vitest";
import { type Refusal, refusalOf } from "../src/testing/refusal.ts";

/** A call that the server must refuse, and with what. */
export interface RefusedCall<S extends DescService> {
  /** What is wrong with it. */
  readonly what: string;
  readonly call: (client: Client<S>) => Promise<unknown> | AsyncIterable<unknown>;
  readonly code: Refusal["code"];
  /** The message of an error without violations; that of one with them is made of them. */
  readonly message?: string;
  readonly violations?: Refusal["violations"];
}

/** Makes each call and shows that its error arrives whole: code, message and details. */
export function itRefuses<S extends DescService>(client: () => Client<S>, calls: readonly RefusedCall<S>[]): void {
  it.each(calls)("refuses $what", async ({ call, code, violations = [], message }) => {
    const ofViolations = violations.map(({ field, description }) => `${field} ${description}`).join("; ");
    expect(await refusalOf(call(client()))).toEqual({ code, message: message ?? ofViolations, violations });
  });
}
