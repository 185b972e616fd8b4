import { describe, expect, it } from "vitest";
import { readServerAddress } from "./server-address.ts";

const origin = "http://localhost:8080";
const values = new Map([["host", "api.example.com"]]);

describe("the address of a server", () => {
  it.each([
    ["", { kind: "own" }],
    [`${origin}/`, { kind: "own" }],
    ["https://api.example.com", { kind: "direct", text: "https://api.example.com" }],
    [" HTTPS://Api.example.com:443/v1/ ", { kind: "direct", text: "https://api.example.com/v1" }],
    ["http://localhost:9000", { kind: "direct", baseUrl: "http://localhost:9000" }],
    ["grpc://localhost:50051", { kind: "relayed", text: "grpc://localhost:50051", baseUrl: "http://localhost:50051" }],
    ["grpcs://api.example.com", { kind: "relayed", text: "grpcs://api.example.com:443" }],
    ["https://{{host}}", { kind: "direct", name: "https://{{host}}", baseUrl: "https://api.example.com" }],
    ["grpc://[::1]:80", { kind: "relayed", text: "grpc://[::1]:80", baseUrl: "http://[::1]:80" }],
  ])("%s is %j", (text, address) => {
    expect(readServerAddress(text, origin, values)).toMatchObject(address);
  });

  it.each([
    ["localhost:9000", /must be an address such as/],
    ["https://{{hots}}", /no variable "hots"/],
    ["ftp://a.example", /must be an address such as/],
    ["https://", /must be an address such as/],
    ["https://user:pass@a.example", /no user name/],
    ["https://a.example/?x=1", /must end with/],
    ["grpc://a.example", /must have a port/],
    ["grpc://a.example:1/path", /must end with its port/],
  ])("is not %s", (text, problem) => {
    expect(readServerAddress(text, origin, values)).toEqual({ problem: expect.stringMatching(problem) });
  });
});
