import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { INITIAL_CREDIT, MAX_CREDIT } from "./call-protocol.ts";
import { Malformed } from "./malformed.ts";
import { createReceiveCredit } from "./receive-credit.ts";
import { createSendCredit } from "./send-credit.ts";

describe("send credit", () => {
  it("gives what is asked for as long as there is enough, and then what is left", async () => {
    const credit = createSendCredit();
    expect(await credit.take(INITIAL_CREDIT - 3)).toBe(INITIAL_CREDIT - 3);
    expect(await credit.take(10)).toBe(3);
  });

  it("waits for a grant", async () => {
    const credit = createSendCredit();
    await credit.take(INITIAL_CREDIT);
    const taken = credit.take(10);
    credit.grant(4);
    expect(await taken).toBe(4);
  });

  it("gives nothing once it is closed, to who waits and to who comes later", async () => {
    const credit = createSendCredit();
    await credit.take(INITIAL_CREDIT);
    const taken = credit.take(10);
    credit.close();
    expect(await taken).toBe(0);
    credit.grant(10);
    expect(await credit.take(10)).toBe(0);
  });

  it("refuses more than a stream may have", () => {
    const credit = createSendCredit();
    credit.grant(MAX_CREDIT - INITIAL_CREDIT);
    expect(() => credit.grant(1)).toThrow(Malformed);
  });
});

describe("receive credit", () => {
  it("refuses what was not granted", () => {
    const credit = createReceiveCredit(() => undefined);
    credit.receive(INITIAL_CREDIT);
    expect(() => credit.receive(1)).toThrow("the stream had credit for 0 bytes: got 1");
  });

  it("grants again what was used, once for each byte", () => {
    const granted: number[] = [];
    const credit = createReceiveCredit((bytes) => granted.push(bytes));
    for (let count = 0; count < 3; count++) {
      credit.receive(INITIAL_CREDIT / 2);
      credit.use(INITIAL_CREDIT / 2 - 1);
      credit.use(1);
    }
    expect(granted).toEqual([INITIAL_CREDIT / 2, INITIAL_CREDIT / 2, INITIAL_CREDIT / 2]);
  });

  it("lets a sender go on for ever as long as all is used, and never hold more than it may", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 16_384 }), { minLength: 20 }), async (sizes) => {
        const sender = createSendCredit();
        const receiver = createReceiveCredit((bytes) => sender.grant(bytes));
        for (const size of sizes) {
          for (let left = size; left > 0; ) {
            const taken = await sender.take(left);
            receiver.receive(taken);
            receiver.use(taken);
            left -= taken;
          }
        }
      }),
    );
  });
});
