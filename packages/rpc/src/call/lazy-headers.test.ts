import { describe, expect, it } from "vitest";
import { LazyHeaders } from "./lazy-headers.ts";

const initial = { "content-type": "application/grpc", authorization: "Bearer a", "set-cookie": ["a=1", "b=2"] };

describe("LazyHeaders", () => {
  it.each(["authorization", "Authorization", "AUTHORIZATION", "content-type", "set-cookie", "traceparent"])(
    "finds %s as the headers of the platform do, before they are made and after",
    (name) => {
      const headers = new LazyHeaders(initial);
      const before = headers.get(name);
      expect(before).toBe(headers.all.get(name));
      expect(headers.get(name)).toBe(before);
    },
  );

  it.each(["constructor", "toString", "hasOwnProperty"])("has no %s of the object that they are made of", (name) => {
    expect(new LazyHeaders(initial).get(name)).toBeNull();
  });

  it("rejects a name that is none, as the platform does", () => {
    expect(() => new LazyHeaders(initial).get("not a name")).toThrow(TypeError);
  });

  it("finds what was changed since", () => {
    const headers = new LazyHeaders(initial);
    expect(headers.get("authorization")).toBe("Bearer a");
    headers.set("authorization", "Bearer b");
    expect(headers.get("Authorization")).toBe("Bearer b");
  });
});
