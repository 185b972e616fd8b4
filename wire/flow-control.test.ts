import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { INITIAL_WINDOW_BYTES, MAX_WINDOW_BYTES } from "./call-protocol.ts";
import { ProtocolError } from "./protocol-error.ts";
import { createReceiveWindow } from "./receive-window.ts";
import { createWaitingSendWindow } from "./waiting-send-window.ts";

describe("a send window", () => {
  it("gives what is asked for as long as there is enough, and then what is left", async () => {
    const window = createWaitingSendWindow();
    expect(await window.take(INITIAL_WINDOW_BYTES - 3)).toBe(INITIAL_WINDOW_BYTES - 3);
    expect(await window.take(10)).toBe(3);
  });

  it("waits for an update", async () => {
    const window = createWaitingSendWindow();
    await window.take(INITIAL_WINDOW_BYTES);
    const taken = window.take(10);
    window.update(4);
    expect(await taken).toBe(4);
  });

  it("gives nothing once it is closed, to a sender that waits and to one that comes later", async () => {
    const window = createWaitingSendWindow();
    await window.take(INITIAL_WINDOW_BYTES);
    const taken = window.take(10);
    window.close();
    expect(await taken).toBe(0);
    window.update(10);
    expect(await window.take(10)).toBe(0);
  });

  it("rejects more than a stream may have", () => {
    const window = createWaitingSendWindow();
    window.update(MAX_WINDOW_BYTES - INITIAL_WINDOW_BYTES);
    expect(() => window.update(1)).toThrow(ProtocolError);
  });
});

describe("a receive window", () => {
  it("rejects bytes beyond it", () => {
    const window = createReceiveWindow(() => undefined);
    window.receive(INITIAL_WINDOW_BYTES);
    expect(() => window.receive(1)).toThrow("the window had 0 bytes left: got 1");
  });

  it("opens again by what was used, once for each byte", () => {
    const updates: number[] = [];
    const window = createReceiveWindow((bytes) => updates.push(bytes));
    for (let count = 0; count < 3; count++) {
      window.receive(INITIAL_WINDOW_BYTES / 2);
      window.use(INITIAL_WINDOW_BYTES / 2 - 1);
      window.use(1);
    }
    expect(updates).toEqual([INITIAL_WINDOW_BYTES / 2, INITIAL_WINDOW_BYTES / 2, INITIAL_WINDOW_BYTES / 2]);
  });

  it("lets a sender go on for ever as long as all is used, and never hold more than it may", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 16_384 }), { minLength: 20 }), async (sizes) => {
        const sender = createWaitingSendWindow();
        const receiver = createReceiveWindow((bytes) => sender.update(bytes));
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
