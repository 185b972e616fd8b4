import fc from "fast-check";
import { expect, it } from "vitest";
import { relaxGrpcMessage } from "./grpc-status.ts";

function relaxed(message: string): string {
  const trailer = new Headers({ "grpc-message": encodeURIComponent(message) });
  relaxGrpcMessage(trailer);
  return trailer.get("grpc-message") ?? "";
}

it("leaves readable what need not be encoded", () => {
  expect(relaxed("stars must be 1+: got 9, 100% sure?")).toBe("stars%20must%20be%201+:%20got%209,%20100%25%20sure?");
});

it("is read alike by clients that decode every code and by those that leave reserved characters alone", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (message) => {
      expect(decodeURIComponent(relaxed(message))).toBe(message);
      expect(decodeURI(relaxed(message))).toBe(message);
    }),
  );
});

it("leaves trailers without a message alone", () => {
  const trailer = new Headers({ "grpc-status": "0" });
  relaxGrpcMessage(trailer);
  expect([...trailer]).toEqual([["grpc-status", "0"]]);
});
