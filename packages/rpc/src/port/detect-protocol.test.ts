import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { detectProtocol, protocolOf } from "./detect-protocol.ts";

const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

describe("protocolOf", () => {
  it("waits while the bytes may still become the HTTP/2 preface", () => {
    for (let length = 0; length < PREFACE.length; length++) {
      expect(protocolOf(PREFACE.subarray(0, length))).toBeUndefined();
    }
  });

  it("knows HTTP/2 by the whole preface, whatever follows", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (rest) => {
        expect(protocolOf(Buffer.concat([PREFACE, rest]))).toBe("http2");
      }),
    );
  });

  it("takes everything else for HTTP/1.1, from the first byte that differs", () => {
    fc.assert(
      fc.property(fc.nat({ max: PREFACE.length - 1 }), fc.nat({ max: 255 }), (index, byte) => {
        fc.pre(byte !== PREFACE[index]);
        const bytes = Buffer.from(PREFACE.subarray(0, index + 1));
        bytes[index] = byte;
        expect(protocolOf(bytes)).toBe("http1");
      }),
    );
  });
});

describe("detectProtocol", () => {
  it("destroys a connection that says nothing within the time limit", () => {
    vi.useFakeTimers();
    try {
      const socket = new Duplex({ read: () => undefined, write: () => undefined });
      detectProtocol(socket as Socket, 10_000, () => undefined);
      vi.advanceTimersByTime(9_999);
      expect(socket.destroyed).toBe(false);
      vi.advanceTimersByTime(1);
      expect(socket.destroyed).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });
});
